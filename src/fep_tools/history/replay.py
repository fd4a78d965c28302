"""Compute timelines from commits, without files or processes.

The main line is what counts: the head, its first parent, the first parent of that, and so on. An
event happens when the main line changes. A merge changes it as a whole, so for a header that a
merge changes, the merged commits are searched for a chain that explains it::

    a (Draft) ----------------------- m (Final)     the main line: Draft > Final, at m
      \\                              /
       b (Accepted) ------- c (Final)               the chain: Draft > Accepted at b,
                                                               Accepted > Final at c

Then the events are those of the chain. If there is none, the event is the merge's own: somebody
has resolved a conflict, or edited in the merge.
"""

from __future__ import annotations

import posixpath
from collections.abc import Sequence
from itertools import islice

from .merges import BroughtChanges, main_line, MergedChanges
from .model import Commit, Event, FileChange, HeaderValues, Timeline
from .renames import FindNumber, match_renames, ReadValues
from .tracked_file import TrackedFile


def build_timelines(
    commits: Sequence[Commit],
    read_values: ReadValues,
    find_number: FindNumber,
    *,
    head: str,
    shallow: bool,
) -> list[Timeline]:
    """Return the timeline of every file that was ever a proposal, by number and path.

    :param commits: All commits up to *head*, parents before children.
    :param shallow: The clone is shallow: a commit without parents is its boundary, not the
        beginning, and its files may be older.
    """
    replay = _Replay(read_values, find_number, shallow)
    renamed = [match_renames(commit, read_values, find_number) for commit in commits]
    for commit, merged in main_line(renamed, head):
        replay.apply(commit, merged)
    return replay.timelines()


MAX_OF_NAME = 100
"""How many files of one name are compared with one that was removed, in all directories."""


class _Replay:
    """The files of the main line and their headers, after each of its commits."""

    def __init__(self, read_values: ReadValues, find_number: FindNumber, shallow: bool) -> None:
        self._read_values = read_values
        self._find_number = find_number
        self._shallow = shallow
        self._by_path: dict[str, TrackedFile] = {}
        self._removed: dict[int, TrackedFile] = {}
        self._by_name: dict[str, dict[str, TrackedFile]] = {}  # by the last part of their paths
        self._files: dict[TrackedFile, None] = {}
        self._position = 0

    def timelines(self) -> list[Timeline]:
        lines = (
            Timeline(
                f.number,
                f.path,
                tuple(f.events),
                f.complete,
                f.changed,
                tuple(sorted(f.paths - {f.path})),
                f.changed_in,
            )
            for f in self._files
        )
        return sorted(lines, key=lambda t: (t.number is None, t.number or 0, t.path or ""))

    def apply(self, commit: Commit, merged: Sequence[Commit]) -> None:
        """Change the files as *commit* does, which brings the *merged* commits."""
        self._position += 1
        merged_changes = MergedChanges(merged, self._read_values)
        # First all files leave their paths, so that two of them can swap theirs.
        left = [c.before if c.blob else c.path for c in commit.changes if c.before or not c.blob]
        moving = {path: self._take(path) for path in left if path in self._by_path}
        for change in sorted(commit.changes, key=lambda change: change.path):
            if change.blob is not None:
                values = self._read_values(change.path, change.blob)
                file = self._place(change, self._find_number(change.path, values), moving)
                file.touch(None if self._is_boundary(commit) else commit)
                self._update(file, values, commit, merged_changes)
                file.paths.add(change.path)
        for path, file in moving.items():  # what has not arrived anywhere was removed
            if copy := self._find_copy(path, file):
                copy.continue_from(file)
                del self._files[file]
                continue
            file.path = None
            file.touch(commit)
            if file.number is not None:
                self._removed[file.number] = file
            self._update(file, {}, commit, merged_changes)

    def _find_copy(self, path: str, file: TrackedFile) -> TrackedFile | None:
        if not file.is_recognisable:
            return None
        others = self._by_name.get(posixpath.basename(path), {}).values()
        return next((o for o in islice(others, MAX_OF_NAME) if o.is_copy_of(file)), None)

    def _take(self, path: str) -> TrackedFile:
        self._by_name[posixpath.basename(path)].pop(path)
        return self._by_path.pop(path)

    def _place(
        self, change: FileChange, number: int | None, moving: dict[str, TrackedFile]
    ) -> TrackedFile:
        """Return the file of *change*, moved to its path and number."""
        file = moving.pop(change.before or "", None) or self._by_path.get(change.path)
        file = file or self._revive_or_create(number)
        file.number = file.number if number is None else number
        file.path = change.path
        self._by_path[change.path] = file
        self._by_name.setdefault(posixpath.basename(change.path), {})[change.path] = file
        return file

    def _revive_or_create(self, number: int | None) -> TrackedFile:
        """Return the removed file of that number, which is back, or else a new one."""
        if number is not None and number in self._removed:
            return self._removed.pop(number)
        file = TrackedFile(added=self._position)
        self._files[file] = None
        return file

    def _update(
        self, file: TrackedFile, values: HeaderValues, commit: Commit, merged_changes: MergedChanges
    ) -> None:
        """Give *file* new headers, with an event for each that differs."""
        if values is file.values:  # equal headers are one object, see blobs
            return
        changes = merged_changes.for_file(file.paths, file.path)
        if self._starts_at_boundary(file, commit, changes):
            file.values, file.complete = values, False
            return
        brought: list[tuple[int, Event]] = []
        own: list[Event] = []
        for key in dict.fromkeys([*file.values, *values]):
            before, after = file.values.get(key), values.get(key)
            if before != after:
                chain = changes.find_chain(key, before, after)
                brought += [(c.position, _event(key, c.before, c.after, c.commit)) for c in chain]
                own += [] if chain else [_event(key, before, after, commit)]
        # Headers in the order of the commits; within one commit, in the order of the file.
        file.events += [event for _position, event in sorted(brought, key=lambda pair: pair[0])]
        file.events += own
        file.values = values
        file.updated = self._position

    def _starts_at_boundary(
        self, file: TrackedFile, commit: Commit, changes: BroughtChanges
    ) -> bool:
        """Return whether the date since which *file* has had its headers is unknown.

        That is so at the boundary of a shallow clone, and if a merge brings a file that was there
        at the boundary of the merged branch.
        """
        if self._is_boundary(commit):
            return True
        return not file.values and any(map(self._is_boundary, changes.commits()))

    def _is_boundary(self, commit: Commit) -> bool:
        """Return whether a shallow clone ends at *commit*, whose files may be older."""
        return self._shallow and not commit.parents


def _event(key: str, before: str | None, after: str | None, commit: Commit) -> Event:
    return Event(key, before, after, commit.date, commit.id, commit.author)
