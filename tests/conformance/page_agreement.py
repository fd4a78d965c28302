"""Compare what ``fep check --strict`` and ``fep build --strict`` report on the same files.

Both have the same findings by construction, so that the comparison has two more lists: what else
Sphinx and the build have warned about, and what the check has found in a body and the build has
not found in the tree of its page.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from sphinx.util.docutils import docutils_namespace, patch_docutils
from sphinx.util.logging import NAMESPACE, SafeEncodingWriter, WarningStreamHandler

from fep_tools.diagnostics import CheckOptions
from fep_tools.lint.registry import all_rules
from fep_tools.proposals.body import Problem
from fep_tools.proposals.model import Proposal
from fep_tools.proposals.rst.collector import FactCollector
from fep_tools.repository import Repository
from fep_tools.site import page_problems, parser
from fep_tools.site.build import DEFAULT_CONF, SiteApplication

Reported = tuple[str, int, str]
"""The path, the line, and the code of a rule."""

LEFT_OUT = frozenset({"B002", "C001"})
"""The rules that find why a file has no page; the build says so in its own words."""


_CITATION = re.compile(r"\[([^\W\d_][\w.:+-]*)\]_")


@dataclass
class Comparison:
    """What was reported.

    :param check: What the check reports of pages.
    :param build: The same of the build.
    :param only_build: Every other warning about a proposal.
    :param only_check: Problems of bodies that the pages do not have.
    """

    check: set[Reported] = field(default_factory=set)
    build: set[Reported] = field(default_factory=set)
    only_build: list[str] = field(default_factory=list)
    only_check: list[Reported] = field(default_factory=list)


def compare(root: Path, output: Path, process: str = "", builder: str = "dummy") -> Comparison:
    """Check and build a repository in this process.

    :param builder: The builder ``dummy`` writes no pages, but resolves all links.
    """
    comparison = Comparison()
    repository = Repository.open(root, process or None, output / "cache")
    on_pages = {rule.code for rule in all_rules() if rule.affects_page}
    for found in repository.check(CheckOptions(date.today())).diagnostics:
        # A proposal in Markdown has no page.
        if found.code in on_pages and repository.process.files.is_proposal_text(found.path):
            comparison.check.add((found.path, found.span.line, found.code))
    with _recorded(comparison, root):
        _build(root, output, process, builder)
    return comparison


@contextmanager
def _recorded(comparison: Comparison, root: Path) -> Iterator[None]:
    """Record warnings, and the problems of each page that is read."""
    find_new = page_problems._new_problems

    def record_missing(problems: list[Problem], proposal: Proposal) -> list[Problem]:
        on_page = {(problem.kind, problem.location.line) for problem in problems}
        for problem in proposal.body.problems if proposal.body else ():
            place = (problem.kind, problem.location.line)
            is_compared = problem.kind in page_problems._COMPARED
            if is_compared and place not in on_page and not _is_citation(problem, proposal):
                line = problem.location.line
                comparison.only_check.append((proposal.path, line, problem.kind))
        return find_new(problems, proposal)

    handler = _Recorder(comparison, root)
    logger = logging.getLogger(NAMESPACE)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(page_problems, "_new_problems", record_missing)
        # A build does not search texts again in which the check has found nothing.
        patch.setattr(parser, "start_page", _start_full_page)
        # Sphinx removes the handlers of its logger when an application starts.
        patch.setattr(SiteApplication, "_init_builder", _with_handler(handler))
        try:
            yield
        finally:
            logger.removeHandler(handler)


def _is_citation(problem: Problem, proposal: Proposal) -> bool:
    """Return whether a problem is about ``[Ada]_``, which Sphinx takes from docutils."""
    line = proposal.lines[problem.location.line - 1]
    names = (match[1].lower() for match in _CITATION.finditer(line))
    return any(problem.message.startswith(f'the link "{name}" has no target') for name in names)


def _start_full_page(*arguments: Any, is_sound: bool = False) -> FactCollector:
    return page_problems.start_page(*arguments)


def _with_handler(handler: logging.Handler) -> Any:
    init_builder = SiteApplication._init_builder

    def init(app: SiteApplication) -> None:
        logging.getLogger(NAMESPACE).addHandler(handler)
        init_builder(app)

    return init


class _Recorder(WarningStreamHandler):
    def __init__(self, comparison: Comparison, root: Path) -> None:
        super().__init__(SafeEncodingWriter(StringIO()))
        self.setLevel(logging.WARNING)
        self.comparison = comparison
        self.prefix = f"{root}/"

    def emit(self, record: logging.LogRecord) -> None:
        kind, subtype = getattr(record, "type", ""), getattr(record, "subtype", "")
        place = str(getattr(record, "location", None) or "").replace(self.prefix, "")
        path, _colon, rest = place.partition(":")
        line = rest.partition(":")[0]
        if kind == "fep" and subtype == "unreadable":
            found = {(p, at, c) for p, at, c in self.comparison.check if p == path}
            self.comparison.build |= {f for f in found if f[2] in LEFT_OUT and f[1] == int(line)}
        elif kind == "fep" and subtype[:1] in ("B", "C", "H") and subtype[1:].isdigit():
            self.comparison.build.add((path, int(line), subtype))
        elif place and subtype != "shallow":
            self.comparison.only_build.append(f"{place}: {record.getMessage()}")


def _build(root: Path, output: Path, process: str, builder: str) -> None:
    with patch_docutils(), docutils_namespace():
        app = SiteApplication(
            srcdir=root,
            confdir=None,
            outdir=output / "site",
            doctreedir=output / "doctrees",
            buildername=builder,
            confoverrides={
                **DEFAULT_CONF,
                "fep_cache": str(output / "cache"),
                "fep_process": process,
                "fep_restricted": True,
            },
            status=None,
            warning=StringIO(),
        )
        app.build()
