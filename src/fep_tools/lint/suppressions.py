"""What keeps a finding from being told: an exemption, a setting, or a comment beside it.

The first two are the community's, and a change is judged by those of its base. A comment is
the author's own. So it can silence neither what a change does nor what keeps files apart
(:attr:`Family.inline`), and no error of a proposal that is new or takes a step.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from fnmatch import fnmatchcase

from ..config import PerFile
from ..diagnostics import Finding
from ..process.model import Exemption, Process
from ..proposals.model import Proposal
from .baseline import Baseline
from .inline import inline_ignores, InlineIgnore
from .rule import matches_selector, Rule

Cause = Exemption | PerFile | InlineIgnore


@dataclass(frozen=True)
class AcceptedFindings:
    """What the community accepts beside the exemptions of its process."""

    per_file: tuple[PerFile, ...] = ()
    baseline: Baseline = Baseline()


@dataclass
class Suppressions:
    """Who silences what, remembered for those who look for what is of no use."""

    process: Process
    today: date
    per_file: Sequence[PerFile] = ()
    used: set[tuple[Cause, str]] = field(default_factory=set)
    _ignores: dict[str, tuple[InlineIgnore, ...]] = field(default_factory=dict)

    def matches(
        self, rule: Rule, finding: Finding, path: str, proposal: Proposal | None, *, binding: bool
    ) -> bool:
        """Whether *finding* is not to be told; one that is *binding* no comment silences."""
        cause: Cause | None = self._exempt(rule, proposal) or self._setting(rule, path)
        comment = self._comment(rule, finding, proposal) if proposal and not cause else None
        if found := cause or comment:
            self.used.add((found, rule.code))
        return cause is not None or (comment is not None and not binding)

    def _exempt(self, rule: Rule, proposal: Proposal | None) -> Exemption | None:
        matching = (
            exempt
            for exempt in self.process.exemptions
            if proposal is not None
            and exempt.number == proposal.number
            and exempt.code in (rule.code, rule.name)
            and (exempt.until is None or self.today <= exempt.until)
        )
        return next(matching, None)

    def _setting(self, rule: Rule, path: str) -> PerFile | None:
        matching = (
            row
            for row in self.per_file
            if fnmatchcase(path, row.glob)
            and any(matches_selector(rule, code) for code in row.codes)
        )
        return next(matching, None)

    def _comment(self, rule: Rule, finding: Finding, proposal: Proposal) -> InlineIgnore | None:
        if not rule.family.inline:
            return None
        if proposal.path not in self._ignores:
            self._ignores[proposal.path] = inline_ignores(proposal)
        matching = (
            ignore
            for ignore in self._ignores[proposal.path]
            if ignore.covers(finding.span.line)
            and (rule.code in ignore.codes or rule.name in ignore.codes)
        )
        return next(matching, None)
