"""What the check finds wrong on pages, for the build to report.

The build reports the findings of the rules that affect pages, in the words of :program:`fep
check` and with its suppressions, baseline and settings. So the two agree, and so does every
build: a page that is not parsed again has its findings again.
"""

from __future__ import annotations

from collections.abc import Container, Iterable

from sphinx.util import logging

from .._clock import today
from ..diagnostics import CheckOptions, Diagnostic
from ..lint.runner import selected_rules
from ..proposals.model import Corpus
from ..repository import Repository

logger = logging.getLogger(__name__)

MISSING_TEXT = frozenset({"B003", "B004"})
"""The rules whose findings fail a build even if it is not strict: text is not shown as markup."""


def find_on_pages(
    repository: Repository, corpus: Corpus, paths: tuple[str, ...] = ()
) -> tuple[Diagnostic, ...]:
    """Return what the check reports of a corpus that affects pages.

    :param paths: Only findings in these files. Empty stands for all files.
    """
    options = CheckOptions(today(), paths)
    rules = selected_rules(options, repository.settings, repository.process)
    codes = tuple(rule.code for rule in rules if rule.affects_page)
    if not codes:
        return ()
    return repository.check_corpus(options._replace(select=codes), corpus).diagnostics


def log_findings(findings: Iterable[Diagnostic], left_out: Container[str]) -> None:
    """Log findings on pages.

    :param left_out: The paths of files that have no page.
    """
    for finding in findings:
        if finding.path in left_out:
            continue
        log = logger.error if finding.code in MISSING_TEXT else logger.warning
        log(
            "%s %s",
            finding.code,
            f"{finding.message}; {finding.help}" if finding.help else finding.message,
            type="fep",
            subtype=finding.code,
            location=f"{finding.path}:{finding.span.line}",
        )
