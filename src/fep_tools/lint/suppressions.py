"""Suppressions: exemptions, settings and comments that keep a finding from being reported.

There are three kinds.

* ``[[exempt]]`` in the process file exempts one proposal from one rule.
* ``per-file-ignores`` in ``[tool.fep]`` turns rules off for files that match a pattern.
* ``.. fep: ignore[H103] The thread names no day.`` in a proposal is a comment of
  reStructuredText, which is not shown to readers.

The first two belong to the community, and those of the base are in effect when a change is
checked. A comment belongs to the author of a proposal. It therefore suppresses neither rules
about changes nor rules about several files (see :attr:`Rule.inline`), and no error in a
proposal that is new or gets another status.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from fnmatch import fnmatchcase
from itertools import accumulate
from operator import attrgetter

from ..config import PerFileIgnore
from ..diagnostics import Finding
from ..process.model import Process
from ..process.schema import Exemption
from ..proposals.model import Proposal
from .baseline import Baseline, BaselineEntry
from .ignore_comments import inline_ignores, InlineIgnore
from .rule import Rule

Suppression = Exemption | PerFileIgnore | InlineIgnore


@dataclass(frozen=True)
class AcceptedFindings:
    """Findings that the community accepts, in addition to the exemptions of its process."""

    per_file: tuple[PerFileIgnore, ...] = ()
    baseline: Baseline = Baseline()


@dataclass
class Suppressions:
    """Suppressions in effect during a run.

    Records which of them matched, so that unused ones can be reported.

    :param today: An exemption may end on a day.
    :param used: The suppressions that matched, each with the code of a rule it suppressed.
    """

    process: Process
    today: date
    per_file: Sequence[PerFileIgnore] = ()
    used: set[tuple[Suppression, str]] = field(default_factory=set)
    _ignores: dict[str, dict[str, _Ignores]] = field(default_factory=dict)

    def matches(
        self, rule: Rule, finding: Finding, path: str, proposal: Proposal | None, *, binding: bool
    ) -> bool:
        """Return whether a finding is suppressed, and record by what.

        :param path: The file that the finding is in.
        :param proposal: The proposal in that file, if it is one.
        :param binding: Whether comments have no effect, because the finding is an error in a
            proposal that is new or gets another status.
        """
        suppression = self._exemption(rule, proposal) or self._setting(rule, path)
        comment = self._comment(rule, finding, proposal)
        if used := suppression or comment:
            self.used.add((used, rule.code))
        return suppression is not None or (comment is not None and not binding)

    def _exemption(self, rule: Rule, proposal: Proposal | None) -> Exemption | None:
        matching = (
            exemption
            for exemption in self.process.exemptions
            if proposal is not None
            and exemption.number == proposal.number
            and exemption.code in (rule.code, rule.name)
            and (exemption.until is None or self.today <= exemption.until)
        )
        return next(matching, None)

    def _setting(self, rule: Rule, path: str) -> PerFileIgnore | None:
        matching = (
            setting
            for setting in self.per_file
            if fnmatchcase(path, setting.glob) and any(rule.matches(code) for code in setting.codes)
        )
        return next(matching, None)

    def _comment(
        self, rule: Rule, finding: Finding, proposal: Proposal | None
    ) -> InlineIgnore | None:
        if proposal is None or not rule.inline:
            return None
        if proposal.path not in self._ignores:
            self._ignores[proposal.path] = index_ignores(inline_ignores(proposal))
        of_file = self._ignores[proposal.path]
        named = (of_file[name] for name in (rule.code, rule.name) if name in of_file)
        found = (ignores.find(finding.span.line) for ignores in named)
        return min(filter(None, found), key=attrgetter("first_line"), default=None)


class _Ignores:
    """The comments of a file that ignore one rule, to find those of a line fast.

    :param ignores: sorted by their first lines.
    """

    def __init__(self, ignores: Sequence[InlineIgnore]) -> None:
        self._ignores = ignores
        self._ends = [*accumulate((ignore.last_line for ignore in ignores), max)]

    def find(self, line: int) -> InlineIgnore | None:
        """Return the first comment that covers a line."""
        # The first one that ends at the line or later; if it begins later, so do all others.
        index = bisect_left(self._ends, line)
        if index < len(self._ignores) and self._ignores[index].covers(line):
            return self._ignores[index]
        return None


def index_ignores(ignores: Iterable[InlineIgnore]) -> dict[str, _Ignores]:
    """Return the comments by the names of the rules that they ignore."""
    by_name: dict[str, list[InlineIgnore]] = {}
    for ignore in sorted(ignores, key=attrgetter("first_line")):
        for name in dict.fromkeys(ignore.codes):
            by_name.setdefault(name, []).append(ignore)
    return {name: _Ignores(found) for name, found in by_name.items()}


@dataclass(frozen=True)
class RunContext:
    """The results of a run, for rules that report unused suppressions.

    A rule with a parameter of this type runs after all others (see :func:`runs_last`).

    :param codes: The codes of the rules in this run.
    :param used_suppressions: The suppressions that matched, each with a code of a rule.
    :param baseline: The path of the baseline file.
    :param stale_entries: The entries of the baseline that matched no finding.
    """

    codes: frozenset[str] = frozenset()
    used_suppressions: frozenset[tuple[Suppression, str]] = frozenset()
    per_file: tuple[PerFileIgnore, ...] = ()
    baseline: str = ""
    stale_entries: tuple[BaselineEntry, ...] = ()


def runs_last(rule: Rule) -> bool:
    """Return whether a rule runs last, because it inspects the results of the others."""
    return RunContext in rule.parameters
