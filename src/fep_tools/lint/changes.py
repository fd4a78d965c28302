"""What a pull request does: each proposal as it was and as it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

from ..proposals.model import Corpus, Proposal


@dataclass(frozen=True)
class ProposalChange:
    """One proposal before and after; one of the two is ``None`` where it came or went.

    *authors* are the names of those who made the commits in between; *rival* is the path of
    another proposal that got its number where the change will arrive, after it began.
    """

    before: Proposal | None
    after: Proposal | None
    authors: frozenset[str] = frozenset()
    conflicting_path: str | None = None

    @property
    def path(self) -> str:
        """Where it is now, or was last."""
        proposal = self.after or self.before
        assert proposal is not None
        return proposal.path

    @property
    def is_new(self) -> bool:
        """Whether it is new, or had no status before that could be read."""
        after = self.after is not None and self.after.status is not None
        return after and (self.before is None or self.before.status is None)

    @property
    def status_change(self) -> tuple[str, str] | None:
        """Its status before and after, where both are known and differ."""
        if self.before is None or self.after is None:
            return None
        before, after = self.before.status, self.after.status
        return (before, after) if before and after and before != after else None


@dataclass(frozen=True)
class ChangeSet:
    """Everything that changed between two states of a repository, by path."""

    changes: tuple[ProposalChange, ...] = ()

    def __iter__(self) -> Iterator[ProposalChange]:
        return iter(self.changes)

    @cached_property
    def transitioned_paths(self) -> frozenset[str]:
        """The paths of proposals that are new, or have got another status.

        They have to be right in everything, even where they are settled from now on.
        """
        return frozenset(
            c.path for c in self.changes if c.before is None or c.is_new or c.status_change
        )

    @cached_property
    def by_number(self) -> Mapping[int, ProposalChange]:
        """The changes by the number that the proposal has now."""
        return {
            c.after.number: c
            for c in self.changes
            if c.after is not None and c.after.number is not None
        }


def compute_changes(
    base: Corpus,
    head: Corpus,
    authors: frozenset[str] = frozenset(),
    taken_numbers: Mapping[int, str] = MappingProxyType({}),
) -> ChangeSet:
    """How *head* differs from *base*; a proposal is followed by path, then by number.

    *meanwhile* are the paths of proposals that arrived beside the change, by number.
    """
    found = []
    gone = {p.path: p for p in base if p.path not in head.by_path}
    for after in head:
        before = base.by_path.get(after.path)
        if before is None:
            before = next((p for p in gone.values() if _same(p, after)), None)
            gone.pop(before.path if before else "", None)
        if before is None or (before.path, before.text) != (after.path, after.text):
            rival = taken_numbers.get(after.number or 0) if before is None else None
            found.append(ProposalChange(before, after, authors, rival))
    found += [ProposalChange(before, None, authors) for before in gone.values()]
    return ChangeSet(tuple(sorted(found, key=lambda change: change.path)))


def _same(before: Proposal, after: Proposal) -> bool:
    """Whether a file that moved is the same proposal: by its number, or by most of its text."""
    if before.number is not None and before.number == after.number:
        return True
    return bool(after.text) and before.preamble.blanked(before.text) == after.preamble.blanked(
        after.text
    )
