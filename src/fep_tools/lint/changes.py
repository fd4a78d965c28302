"""A change of a repository: each proposal before and after."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

from .._decoding import EMPTY
from .._sequences import Steps
from ..process.model import Process
from ..proposals.model import Corpus, Proposal


@dataclass(frozen=True)
class ProposalChange:
    """One proposal before and after a change.

    :param before: ``None`` if the change adds the proposal.
    :param after: ``None`` if the change removes it.
    :param authors: The names of those who made the commits of the change.
    :param conflicting_path: Another proposal that got the same number on the base after the
        change began.
    :param later_status: The status that the proposal has on the base by now, if that is another one
        than before the change.
    :param steps: What is left for comparisons of its text, and of those of other changes.
    """

    before: Proposal | None
    after: Proposal | None
    authors: frozenset[str] = frozenset()
    conflicting_path: str | None = None
    later_status: str | None = None
    steps: Steps = field(default_factory=Steps, compare=False, repr=False)

    @property
    def path(self) -> str:
        """The path after the change; of a removed proposal, the path before."""
        proposal = self.after or self.before
        assert proposal is not None
        return proposal.path

    @property
    def is_rewritten(self) -> bool:
        """True unless the proposal was only moved. Files that cannot be read may differ.

        The files that it includes belong to its text.
        """
        if self.before is None or self.after is None:
            return self.after is not None
        is_readable = self.before.refusal is None and self.after.refusal is None
        return not is_readable or self.before.whole_text != self.after.whole_text

    @property
    def is_arrival(self) -> bool:
        """True if the proposal has a status now, and had none (or an invalid one) before.

        Not if its former status is unknown, because the file could not be read.
        """
        if self.after is None or self.after.status is None:
            return False
        return self.before is None or (self.before.status is None and not self.is_status_unknown)

    @property
    def is_status_unknown(self) -> bool:
        """True if the file before the change could not be read as far as its status."""
        before = self.before
        return before is not None and before.status is None and before.refusal not in (None, EMPTY)

    @property
    def status_change(self) -> tuple[str, str] | None:
        """The statuses before and after, if both are known and differ."""
        if self.before is None or self.after is None:
            return None
        before, after = self.before.status, self.after.status
        return (before, after) if before and after and before != after else None


@dataclass(frozen=True)
class ChangeSet:
    """The proposals that differ between two states of a repository, sorted by path."""

    changes: tuple[ProposalChange, ...] = ()

    def __iter__(self) -> Iterator[ProposalChange]:
        return iter(self.changes)

    def binding_paths(self, process: Process) -> frozenset[str]:
        """Return the paths of proposals that have to be free of errors after the change.

        These are new, or get another status. A proposal that was settled and remains so, such
        as one that becomes superseded, keeps the errors that were in its text before.
        """
        return frozenset(change.path for change in self.changes if _is_binding(change, process))

    def rewritten_records(self, process: Process) -> list[ProposalChange]:
        """Return the changes of the text of proposals that are settled after the change."""
        statuses = ((c, process.status(c.after.status)) for c in self.changes if c.after)
        settled = (change for change, status in statuses if status and status.settled)
        return [change for change in settled if change.before and change.is_rewritten]

    @cached_property
    def rewritten_paths(self) -> frozenset[str]:
        """The paths of proposals whose text is not the same as before, or cannot be compared."""
        return frozenset(change.path for change in self.changes if change.is_rewritten)

    @cached_property
    def former_paths(self) -> Mapping[str, str]:
        """The paths before the change, by the path after it, of proposals that were there."""
        return {change.path: change.before.path for change in self.changes if change.before}

    @cached_property
    def by_number(self) -> Mapping[int, ProposalChange]:
        """The changes by the number of the proposal after the change."""
        return {
            change.after.number: change
            for change in self.changes
            if change.after is not None and change.after.number is not None
        }


def _is_binding(change: ProposalChange, process: Process) -> bool:
    if change.before is None or change.is_arrival:
        return True
    if change.status_change is None:
        return False
    before, after = map(process.status, change.status_change)
    return not (before and after and before.settled and after.settled)


def compute_changes(
    base: Corpus,
    head: Corpus,
    authors: frozenset[str] = frozenset(),
    taken_numbers: Mapping[int, str] = MappingProxyType({}),
    later_statuses: Mapping[int, str] = MappingProxyType({}),
) -> ChangeSet:
    """Return the proposals that differ between *base* and *head*.

    A proposal that has moved to another path is found by its number or its text.

    :param authors: The names of those who made the change.
    :param taken_numbers: Numbers that other proposals got on the base since the change began,
        with the paths of those proposals.
    :param later_statuses: Statuses of proposals on the base by now, by number.
    """
    changes = []
    gone = _GoneProposals(p for p in base if p.path not in head.by_path)
    for after in head:
        before = base.by_path.get(after.path) or gone.take(after)
        if before is None or before.path != after.path or _differs(before, after):
            conflict = None
            # Only a new proposal can have taken its number at the same time as another one.
            if before is None and after.number is not None:
                conflict = taken_numbers.get(after.number)
            later = _later_status(before, later_statuses)
            changes.append(ProposalChange(before, after, authors, conflict, later))
    changes += [
        ProposalChange(before, None, authors, later_status=_later_status(before, later_statuses))
        for before in gone.left.values()
    ]
    return ChangeSet(tuple(sorted(changes, key=lambda change: change.path)))


def _later_status(before: Proposal | None, statuses: Mapping[int, str]) -> str | None:
    """Return the status that a proposal has on the base by now, if that is another one."""
    if before is None or before.number is None:
        return None
    later = statuses.get(before.number)
    return None if later == before.status else later


def _differs(before: Proposal, after: Proposal) -> bool:
    """Return whether a proposal was edited. One that cannot be read has no text to compare."""
    if after.refusal or before.refusal:
        return True
    return before.whole_text != after.whole_text


class _GoneProposals:
    """Proposals of the base whose paths do not exist any more; some have another path now.

    Each is found by its number and its body. To compare each of them with each new file took
    minutes for a change that removes forty and adds a hundred of 1 MiB.

    :ivar left: Those that were not found again, by path.
    """

    def __init__(self, proposals: Iterable[Proposal]) -> None:
        self.left = {proposal.path: proposal for proposal in proposals}
        self._by_key: dict[int | str, deque[tuple[int, str]]] = {}
        for order, proposal in enumerate(self.left.values()):
            for key in _identity(proposal):
                self._by_key.setdefault(key, deque()).append((order, proposal.path))

    def take(self, after: Proposal) -> Proposal | None:
        """Remove and return the first proposal of which *after* is another version."""
        first: list[tuple[int, str]] = []
        for key in _identity(after):
            same = self._by_key.get(key, deque())
            while same and same[0][1] not in self.left:  # taken by its other key
                same.popleft()
            first += [same[0]] if same else []
        return self.left.pop(min(first)[1]) if first else None


def _identity(proposal: Proposal) -> Iterator[int | str]:
    """Yield what only versions of one proposal share: the number, and the body on its lines.

    Renumbering a proposal changes its path and one header. The body of an empty file says nothing.
    """
    if proposal.number is not None:
        yield proposal.number
    if proposal.text:
        yield proposal.preamble.blanked(proposal.text)
