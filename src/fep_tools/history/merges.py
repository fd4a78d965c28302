"""The main line of a history, and what its merges bring to the files on it."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count

from .model import Commit, FileChange
from .renames import ReadValues


def main_line(commits: Sequence[Commit], head: str) -> Iterator[tuple[Commit, list[Commit]]]:
    """Yield the first parents up to *head*, oldest first, each with the commits that it merges.

    In the graph of :mod:`.replay`: ``a`` without any, then ``m`` with ``b`` and ``c``.
    """
    by_id = {commit.id: commit for commit in commits}
    order = {commit.id: index for index, commit in enumerate(commits)}
    line: list[Commit] = []
    commit = by_id.get(head)
    while commit is not None:
        line.append(commit)
        commit = by_id.get(commit.parents[0]) if commit.parents else None
    seen: set[str] = set()
    for commit in reversed(line):
        seen.add(commit.id)
        merged = _collect_merged(commit, by_id, seen)
        yield commit, sorted(merged, key=lambda commit: order[commit.id])


def _collect_merged(merge: Commit, by_id: Mapping[str, Commit], seen: set[str]) -> list[Commit]:
    """Return the ancestors of *merge* that are not in *seen*, and add them to it."""
    merged: list[Commit] = []
    todo = list(merge.parents[1:])
    while todo:
        commit_id = todo.pop()
        if commit_id not in seen and commit_id in by_id:
            seen.add(commit_id)
            merged.append(by_id[commit_id])
            todo += by_id[commit_id].parents
    return merged


@dataclass(frozen=True, slots=True)
class HeaderChange:
    """A change of one header by a merged commit.

    :param position: Its index among the changes of files that the merge brings.
    """

    position: int
    commit: Commit
    before: str | None
    after: str | None


@dataclass(eq=False)
class _MergedFile:
    """One file on a merged branch, across its renames: what the commits there did to it."""

    changes: list[tuple[int, Commit, FileChange]] = field(default_factory=list)
    _by_start: dict[tuple[str, str | None], list[HeaderChange]] | None = None

    def next_change(
        self, key: str, value: str | None, after: int, read_values: ReadValues
    ) -> HeaderChange | None:
        """Return the first change of header *key* from *value* later than position *after*."""
        if self._by_start is None:
            self._by_start = {}
            for start, change in self._header_changes(read_values):
                self._by_start.setdefault(start, []).append(change)
        found = self._by_start.get((key, value), [])
        index = bisect(found, after, key=lambda change: change.position)
        return found[index] if index < len(found) else None

    def _header_changes(
        self, read_values: ReadValues
    ) -> Iterator[tuple[tuple[str, str | None], HeaderChange]]:
        for position, commit, change in self.changes:
            source = change.before or change.path
            old = read_values(source, change.old_blob) if change.old_blob else {}
            new = read_values(change.path, change.blob) if change.blob else {}
            for key in old.keys() | new.keys() if old is not new else ():
                before, after = old.get(key), new.get(key)
                if before != after:
                    yield (key, before), HeaderChange(position, commit, before, after)


MAX_CHAIN = 1_000
"""How many changes of one header a merge may bring; of more, only their sum is an event."""


class MergedChanges:
    """What the commits that one merge brings did to each file.

    Files are followed as :class:`~.tracked_file.TrackedFile` is on the main line: a rename takes
    the file along. The old path still leads to it, for a branch beside that does not know the new
    one, until another file is there.

    Merges among the commits count for nothing: what they bring is in the commits that they have
    merged.
    """

    def __init__(self, commits: Iterable[Commit], read_values: ReadValues) -> None:
        self._read_values = read_values
        self._at: dict[str, _MergedFile] = {}
        self._first_at: dict[str, _MergedFile] = {}
        self._left: set[str] = set()
        self._positions = count()
        for commit in commits:
            if len(commit.parents) < 2:
                self._apply(commit)

    def _apply(self, commit: Commit) -> None:
        files = [(self._file(change), change) for change in commit.changes]
        self._left |= {change.before for change in commit.changes if change.before}
        for file, change in files:
            file.changes.append((next(self._positions), commit, change))
            if change.blob:
                self._at[change.path] = file
                self._left.discard(change.path)

    def _file(self, change: FileChange) -> _MergedFile:
        """Return the file of *change* as it was before, or a new one."""
        source = change.before or change.path
        file = self._at.get(source)
        if file is None or (change.old_blob is None and source in self._left):
            file = self._at[source] = _MergedFile()
            self._first_at.setdefault(source, file)
        return file

    def for_file(self, former_paths: Iterable[str], path: str | None) -> BroughtChanges:
        """Return the changes of a file that is at *path* after the merge.

        :param former_paths: All that it has had before: the branch may begin at any of them.
        """
        found = [self._first_at.get(former) for former in former_paths]
        found.append(self._at.get(path or ""))
        files = dict.fromkeys(file for file in found if file)
        return BroughtChanges(tuple(files), self._read_values)


@dataclass(frozen=True)
class BroughtChanges:
    """What a merge brings to one file on the main line, which may be several on its branches."""

    _files: tuple[_MergedFile, ...]
    _read_values: ReadValues

    def commits(self) -> Iterator[Commit]:
        """Yield the merged commits that have changed the file."""
        return (commit for file in self._files for _position, commit, _change in file.changes)

    def find_chain(self, key: str, before: str | None, after: str | None) -> list[HeaderChange]:
        """Return the changes of header *key* that lead from *before* to *after*.

        Each begins where the last one has ended. With the changes Draft > Accepted,
        Draft > Deferred and Accepted > Final, Draft becomes Final by the first and the third. A
        tail that leads elsewhere is dropped; if nothing is left, there is no chain.
        """
        chain: list[HeaderChange] = []
        change = self._next_change(key, before, -1)
        while change and len(chain) <= MAX_CHAIN:
            chain.append(change)
            change = self._next_change(key, change.after, change.position)
        if len(chain) > MAX_CHAIN:
            return []
        while chain and chain[-1].after != after:
            chain.pop()
        return chain

    def _next_change(self, key: str, value: str | None, position: int) -> HeaderChange | None:
        found = (file.next_change(key, value, position, self._read_values) for file in self._files)
        return min(filter(None, found), key=lambda change: change.position, default=None)
