"""From commits to timelines. Pure: what the versions of a file say is looked up, not read.

The main line, that is the first parents, is what counts. A header that a merge changes is
told with the commits that it brings where those lead from what was there to what is there
now, and else with the merge itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from .first_parent import main_line, MergedChange, MergedChanges
from .model import Change, Commit, Event, HeaderValues, Timeline
from .renames import FindNumber, match_renames, ReadValues


def build_timelines(
    commits: Sequence[Commit],
    read: ReadValues,
    number: FindNumber,
    *,
    head: str,
    shallow: bool = False,
) -> list[Timeline]:
    """The timeline of every file that was a proposal, by number and path.

    *commits* come parents before children and end at *head*; *read* gives the values of a
    version, *number* the number of a file. In a *shallow* clone, what commits without parents
    hold was there before: no one knows since when.
    """
    replay = _Replay(read, number, shallow)
    known = [match_renames(commit, read, number) for commit in commits]
    for commit, brought in main_line(known, head):
        replay.apply(commit, brought)
    return replay.timelines()


@dataclass(eq=False)
class _File:
    """One proposal while the past is replayed; *paths* are all that it ever had."""

    number: int | None = None
    path: str | None = None
    paths: set[str] = field(default_factory=set)
    values: HeaderValues = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)
    complete: bool = True
    changed: date | None = None


class _Replay:
    """The main line, commit by commit: which files there are, and what they said last."""

    def __init__(self, read: ReadValues, number: FindNumber, shallow: bool) -> None:
        self._read = read
        self._number = number
        self._shallow = shallow
        self._at: dict[str, _File] = {}
        self._gone: dict[int, _File] = {}
        self._all: list[_File] = []

    def timelines(self) -> list[Timeline]:
        made = (
            Timeline(f.number, f.path, tuple(f.events), f.complete, f.changed) for f in self._all
        )
        return sorted(made, key=lambda t: (t.number is None, t.number or 0, t.path or ""))

    def apply(self, commit: Commit, brought: Sequence[Commit]) -> None:
        """What *commit* does, with the commits that it brought."""
        steps = MergedChanges(brought)
        left = [c.before if c.blob else c.path for c in commit.changes if c.before or not c.blob]
        gone = {path: self._at.pop(path) for path in left if path in self._at}
        for change in sorted(commit.changes, key=lambda some: some.path):
            if change.blob is not None:
                values = self._read(change.path, change.blob)
                file = self._arriving(change, self._number(change.path, values), gone)
                file.changed = None if self._cut(commit) else commit.date
                self._tell(file, values, commit, steps)
        for file in gone.values():
            file.path = None
            file.changed = commit.date
            if file.number is not None:
                self._gone[file.number] = file
            self._tell(file, {}, commit, steps)

    def _arriving(self, change: Change, number: int | None, gone: dict[str, _File]) -> _File:
        """The file that is at the path of *change* now, under its new path and number."""
        file = gone.pop(change.before or "", None) or self._at.get(change.path)
        file = file or self._again(number)
        file.number = file.number if number is None else number
        file.path = change.path
        file.paths.add(change.path)
        self._at[change.path] = file
        return file

    def _again(self, number: int | None) -> _File:
        """A file of that number that had gone and is back, or else a new one."""
        if number is not None and number in self._gone:
            return self._gone.pop(number)
        file = _File()
        self._all.append(file)
        return file

    def _tell(
        self, file: _File, values: HeaderValues, commit: Commit, brought: MergedChanges
    ) -> None:
        """Say how *file* got *values*, where that is known."""
        if values is file.values:
            return
        steps = brought.for_file(file.paths)
        if self._cut(commit) or (not file.values and any(self._cut(s.commit) for s in steps)):
            file.values, file.complete = values, False
            return
        told: list[tuple[int, Event]] = []
        for key in dict.fromkeys([*file.values, *values]):
            before, after = file.values.get(key), values.get(key)
            if before != after:
                last = (len(steps), _event(key, before, after, commit))
                told += self._led(key, before, after, steps) or [last]
        file.events += [event for _place, event in sorted(told, key=lambda row: row[0])]
        file.values = values

    def _cut(self, commit: Commit) -> bool:
        """Whether the clone ends here, and what *commit* holds may be older."""
        return self._shallow and not commit.parents

    def _led(
        self, key: str, before: str | None, after: str | None, steps: Sequence[MergedChange]
    ) -> list[tuple[int, Event]]:
        """The steps that lead from *before* to *after*, each going on where the last one ended."""
        told: list[tuple[int, Event]] = []
        at = before
        for place, step in enumerate(steps):
            change = step.change
            old = self._values(change.before or change.path, change.old_blob).get(key)
            new = self._values(change.path, change.blob).get(key)
            if old == at != new:
                told.append((place, _event(key, at, new, step.commit)))
                at = new
        while told and told[-1][1].after != after:
            told.pop()
        return told

    def _values(self, path: str, blob: str | None) -> HeaderValues:
        return self._read(path, blob) if blob else {}


def _event(key: str, before: str | None, after: str | None, commit: Commit) -> Event:
    return Event(key, before, after, commit.date, commit.id, commit.author)
