"""From commits to timelines. Pure: what the versions of a file say is looked up, not read.

The main line, that is the first parents, is what counts. A header that a merge changes is
told with the commits that it brings where those lead from what was there to what is there
now, and else with the merge itself.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace

from .timeline import Change
from .timeline import Commit
from .timeline import Event
from .timeline import Timeline
from .timeline import Values

Read = Callable[[str, str], Values]
"""From a path and a blob to the values of that version."""

Number = Callable[[str, Values], int | None]
"""From a path and the values there to the number of a proposal."""


def timelines(
    commits: Sequence[Commit],
    read: Read,
    number: Number,
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
    followed = [_followed(commit, read, number) for commit in commits]
    for commit, brought in main_line(followed, head):
        replay.apply(commit, brought)
    return replay.timelines()


Facts = tuple[int | None, str | None]
"""The number and the title of a version."""


def _followed(commit: Commit, read: Read, number: Number) -> Commit:
    """*commit*, with renames by number where proposals of the same number go and come.

    What says little is alike, and git takes one for the other; what is edited much as it
    moves is not alike at all.
    """

    def facts(path: str, blob: str | None) -> Facts:
        values = read(path, blob) if blob else {}
        return number(path, values), values.get("title")

    left = {c.before or c.path: c.old_blob for c in commit.changes if c.before or not c.blob}
    came = [c for c in commit.changes if c.blob and (c.before or not c.old_blob)]
    if not left or not came:
        return commit
    known = {path: facts(path, blob) for path, blob in left.items()}
    changes = [c for c in commit.changes if c.blob and c.old_blob and not c.before]
    for change in sorted(came, key=lambda some: (some.before is None, some.path)):
        before = _source(facts(change.path, change.blob), change.before, known)
        known.pop(before or "", None)
        changes.append(replace(change, before=before, old_blob=left.get(before or "")))
    changes += [Change(path, None, None, left[path]) for path in known]
    return replace(commit, changes=tuple(changes))


def _source(version: Facts, seen: str | None, left: Mapping[str, Facts]) -> str | None:
    """Which of the paths that were *left* a file comes from, in whose place git saw *seen*.

    It is the one of its number; one of another number only if the title says the same.
    """
    number, title = version
    old, old_title = left.get(seen or "", (None, None))
    if number is None or (seen in left and old in {None, number}):
        return seen if seen in left else None
    same = (path for path, facts in left.items() if facts[0] == number)
    return next(same, seen if seen in left and old_title == title else None)


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


@dataclass(eq=False)
class _File:
    """One proposal while the past is replayed; *paths* are all that it ever had."""

    number: int | None = None
    path: str | None = None
    paths: set[str] = field(default_factory=set)
    values: Values = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)
    complete: bool = True


@dataclass(frozen=True, slots=True)
class _Step:
    """What one commit that was merged did to a file."""

    place: int
    commit: Commit
    change: Change


class _Brought:
    """What the commits that a merge brings did, by the paths of the files that it was done to.

    What a merge among them does is told with the commits that that one brings.
    """

    def __init__(self, commits: Iterable[Commit]) -> None:
        single = (commit for commit in commits if len(commit.parents) < 2)
        changes = ((commit, change) for commit in single for change in commit.changes)
        self._by_path: dict[str, list[_Step]] = {}
        for place, (commit, change) in enumerate(changes):
            for path in _paths(change):
                self._by_path.setdefault(path, []).append(_Step(place, commit, change))

    def steps(self, paths: Iterable[str]) -> list[_Step]:
        """What was done to a file that had *paths*, and under the names that it got from there."""
        found: dict[int, _Step] = {}
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


class _Replay:
    """The main line, commit by commit: which files there are, and what they said last."""

    def __init__(self, read: Read, number: Number, shallow: bool) -> None:
        self._read = read
        self._number = number
        self._shallow = shallow
        self._at: dict[str, _File] = {}
        self._gone: dict[int, _File] = {}
        self._all: list[_File] = []

    def timelines(self) -> list[Timeline]:
        made = (Timeline(f.number, f.path, tuple(f.events), f.complete) for f in self._all)
        return sorted(made, key=lambda t: (t.number is None, t.number or 0, t.path or ""))

    def apply(self, commit: Commit, brought: Sequence[Commit]) -> None:
        """What *commit* does, with the commits that it brought."""
        steps = _Brought(brought)
        left = [c.before if c.blob else c.path for c in commit.changes if c.before or not c.blob]
        gone = {path: self._at.pop(path) for path in left if path in self._at}
        for change in sorted(commit.changes, key=lambda some: some.path):
            if change.blob is not None:
                values = self._read(change.path, change.blob)
                file = self._arriving(change, self._number(change.path, values), gone)
                self._tell(file, values, commit, steps)
        for file in gone.values():
            file.path = None
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

    def _tell(self, file: _File, values: Values, commit: Commit, brought: _Brought) -> None:
        """Say how *file* got *values*, where that is known."""
        if values is file.values:
            return
        steps = brought.steps(file.paths)
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
        self, key: str, before: str | None, after: str | None, steps: Sequence[_Step]
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

    def _values(self, path: str, blob: str | None) -> Values:
        return self._read(path, blob) if blob else {}


def _event(key: str, before: str | None, after: str | None, commit: Commit) -> Event:
    return Event(key, before, after, commit.date, commit.id, commit.author)
