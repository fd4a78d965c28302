"""The main line, which is that of the first parents, and what its merges bring to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from .model import Change, Commit


def main_line(commits: Sequence[Commit], head: str) -> Iterator[tuple[Commit, list[Commit]]]:
    """The first parents up to *head*, oldest first, each with the commits that it merges."""
    known = {commit.id: commit for commit in commits}
    order = {commit.id: place for place, commit in enumerate(commits)}
    line: list[Commit] = []
    at: Commit | None = known.get(head)
    while at is not None:
        line.append(at)
        at = known.get(at.parents[0]) if at.parents else None
    seen: set[str] = set()
    for commit in reversed(line):
        seen.add(commit.id)
        brought = _brought(commit, known, seen)
        yield commit, sorted(brought, key=lambda some: order[some.id])


def _brought(commit: Commit, known: Mapping[str, Commit], seen: set[str]) -> list[Commit]:
    """The commits that a merge makes part of the main line; *seen* grows by them."""
    found: list[Commit] = []
    ahead = list(commit.parents[1:])
    while ahead:
        name = ahead.pop()
        if name not in seen and name in known:
            seen.add(name)
            found.append(known[name])
            ahead += known[name].parents
    return found


@dataclass(frozen=True, slots=True)
class MergedChange:
    """What one commit that was merged did to a file."""

    place: int
    commit: Commit
    change: Change


class MergedChanges:
    """What the commits that a merge brings did, by the paths of the files that it was done to.

    What a merge among them does is told with the commits that that one brings.
    """

    def __init__(self, commits: Iterable[Commit]) -> None:
        single = (commit for commit in commits if len(commit.parents) < 2)
        changes = ((commit, change) for commit in single for change in commit.changes)
        self._by_path: dict[str, list[MergedChange]] = {}
        for place, (commit, change) in enumerate(changes):
            for path in _paths(change):
                self._by_path.setdefault(path, []).append(MergedChange(place, commit, change))

    def for_file(self, paths: Iterable[str]) -> list[MergedChange]:
        """What was done to a file that had *paths*, and under the names that it got from there."""
        found: dict[int, MergedChange] = {}
        seen: set[str] = set()
        ahead = set(paths)
        while ahead:
            path = ahead.pop()
            seen.add(path)
            for step in self._by_path.get(path, ()):
                found[step.place] = step
                ahead |= _paths(step.change) - seen
        return [found[place] for place in sorted(found)]


def _paths(change: Change) -> set[str]:
    return {change.path, change.before or change.path}
