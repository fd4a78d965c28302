"""Problems that the build finds on a page, and the check does not.

The same functions that collect the facts of a body for the check collect those of the tree of its
page. What both have is reported by :mod:`.findings`; a problem that the check does not have is a
warning of its own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any, TYPE_CHECKING

from docutils import nodes
from sphinx.transforms import SphinxTransform, UnreferencedFootnotesDetector
from sphinx.util import logging

from ..process.model import Process
from ..proposals.body import IncludedFile, Problem, ProblemKind
from ..proposals.model import build_vocabulary, Proposal
from ..proposals.rst.collector import FactCollector
from ..proposals.rst.merging import BROKEN_MARKUP
from ..proposals.rst.tree import collect_facts
from .domain import domain_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx

logger = logging.getLogger(__name__)

_COLLECTOR = "fep_collector"
_HIDDEN = "fep_footnotes"

_FOOTNOTES = ("footnotes", "symbol_footnotes", "autofootnotes")

_COMPARED = frozenset(
    ("code", "directive", "formula", "image", "include", "lexing", "markup", "quotes", "role",
     "scheme", "underline", "unreferenced")
)  # fmt: skip
"""The kinds of problems that depend on what a directive or role makes of the text.

The others are about the source alone, which the nodes of Sphinx repeat less exactly.
"""

_SILENT: Any = 5  # above the highest level of docutils' messages


class _MessageCollector(FactCollector):
    """A collector for a text in which the check has found nothing wrong."""

    def add_code(self, name: str, text: str, language: str, first_line: int) -> None:
        """Do nothing: the check has lexed the same lines."""


def start_page(
    document: nodes.document,
    text: str,
    process: Process,
    path: str,
    files: Iterable[IncludedFile] = (),
    *,
    is_sound: bool = False,
) -> FactCollector:
    """Return a collector for the facts of a page that is about to be parsed.

    It gets the messages of docutils, which are not printed.

    :param is_sound: Whether the check has found nothing wrong in the text.
    """
    collect = _MessageCollector if is_sound else FactCollector
    collector = collect(text, build_vocabulary(process, path), files)
    document.reporter.attach_observer(collector.on_message)
    document.reporter.report_level = _SILENT
    return collector


def collect_page(document: nodes.document, collector: FactCollector) -> None:
    """Collect the facts of a page that was parsed, before transforms resolve its links.

    They may also change its tree: markup that the check has found to be no link becomes text.
    """
    if not isinstance(collector, _MessageCollector):
        collect_facts(document, collector)
    document.settings.env.temp_data[_COLLECTOR] = collector


class HideFootnotes(SphinxTransform):
    """Hides the footnotes of a proposal from Sphinx, which warns about unreferenced ones.

    The check reports them (B040). Sphinx looks at them between this and :class:`ShowFootnotes`.
    """

    default_priority = UnreferencedFootnotesDetector.default_priority - 1

    def apply(self, **_: Any) -> None:
        """Hide them if the document is a proposal."""
        if _COLLECTOR in self.env.temp_data:
            lists = {name: getattr(self.document, name) for name in _FOOTNOTES}
            self.env.temp_data[_HIDDEN] = lists
            vars(self.document).update({name: [] for name in lists})


class ShowFootnotes(SphinxTransform):
    """Undoes :class:`HideFootnotes`."""

    default_priority = UnreferencedFootnotesDetector.default_priority + 1

    def apply(self, **_: Any) -> None:
        """Show them again."""
        vars(self.document).update(self.env.temp_data.pop(_HIDDEN, None) or {})


class ReportNewProblems(SphinxTransform):
    """Reports the problems of a page that the check does not have."""

    default_priority = 990
    """After all transforms of docutils and Sphinx that have messages."""

    def apply(self, **_: Any) -> None:
        """Report them if the document is a proposal."""
        collector = self.env.temp_data.pop(_COLLECTOR, None)
        proposal = domain_of(self.env).content.proposals.get(self.env.docname)
        if collector is None or proposal is None:
            return
        if isinstance(collector, _MessageCollector) and not collector.has_problems:
            return
        problems = collector.build_body(self.document).problems
        log_problems(_new_problems(problems, proposal), proposal.path)


def _new_problems(problems: Iterable[Problem], proposal: Proposal) -> list[Problem]:
    known = proposal.body.problems if proposal.body else ()
    known_lines = {(problem.kind, problem.location.line) for problem in known}
    # The search for broken markup takes the source; a page has what docutils made of it.
    lines = (problem.location.line for problem in known if problem.kind in BROKEN_MARKUP)
    known_lines.update(("quotes", line) for line in lines)
    return [
        problem
        for problem in problems
        if problem.kind in _COMPARED and (problem.kind, problem.location.line) not in known_lines
    ]


def is_known(kind: ProblemKind, names: Collection[str], proposal: Proposal) -> bool:
    """Return whether the check has a problem of that kind about one of *names*."""
    problems = proposal.body.problems if proposal.body else ()
    return any(problem.kind == kind and problem.name in names for problem in problems)


def log_problems(problems: Iterable[Problem], path: str) -> None:
    """Log problems that no finding of the check is about."""
    for problem in problems:
        words = (problem.name and repr(problem.name), problem.message or "is not allowed here")
        log = logger.error if problem.kind in ("directive", "role") else logger.warning
        log(
            "%s",
            " ".join(filter(None, words)),
            type="fep",
            subtype=problem.kind,
            location=f"{path}:{problem.location.line}",
        )


def register(app: Sphinx) -> None:
    """Add the transforms to Sphinx."""
    for transform in (HideFootnotes, ShowFootnotes, ReportNewProblems):
        app.add_transform(transform)
