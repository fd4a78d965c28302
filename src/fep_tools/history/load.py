"""The past of a repository: every timeline, from git and from what proposals declare."""

from __future__ import annotations

import gc
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from .._cache import Cache, key, tool
from ..proposals.discovery import matches
from .declared import with_declared_events
from .git import GitRepository
from .model import Change, Commit, Event, Timeline

if TYPE_CHECKING:
    from ..process.model import Process
    from ..proposals.model import Corpus


@dataclass(frozen=True)
class History:
    """Every timeline up to the commit *head*, by number and path.

    *complete* is ``False`` where the clone is shallow and something came before it.
    """

    head: str
    timelines: tuple[Timeline, ...]
    complete: bool = True

    @cached_property
    def by_path(self) -> dict[str, Timeline]:
        """The timelines of the files that are there."""
        return {line.path: line for line in self.timelines if line.path is not None}

    def for_number(self, number: int) -> tuple[Timeline, ...]:
        """The timelines of that number; those whose files are gone come first."""
        found = [line for line in self.timelines if line.number == number]
        return tuple(sorted(found, key=lambda line: line.path is not None))


def load_history(root: Path, process: Process, cache: Cache, revision: str = "HEAD") -> History:
    """The past of the repository at *root*; raises :class:`RepositoryError`."""
    git = GitRepository.open(root)
    head = git.resolve(revision)
    if git.shallow:  # where it is cut may change, and its head stays
        return _read(git, head, process, cache)
    name = key("past", tool(), process.model_dump_json(), git.prefix, head)
    known = _load(cache.get([name]).get(name, ""))
    if known is None:
        known = _read(git, head, process, cache)
        cache.put({name: _dump(known)})
    return known


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without a search for garbage, which is in vain: nearly everything that is read is kept."""
    wanted = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if wanted:
            gc.enable()


@_uncollected()
def _read(git: GitRepository, head: str, process: Process, cache: Cache) -> History:
    from . import blobs as versions
    from .replay import build_timelines

    commits = list(_about_proposals(git.commits(head), process))
    changes = [change for commit in commits for change in commit.changes]
    blobs = (blob for change in changes for blob in (change.old_blob, change.blob) if blob)
    known = versions.read(git, blobs, process, cache)
    lines = build_timelines(commits, known.values, known.number, head=head, shallow=git.shallow)
    complete = not (git.shallow and any(not commit.parents for commit in commits))
    return History(head, tuple(line for line in lines if _is_proposal(line, process)), complete)


def _is_proposal(line: Timeline, process: Process) -> bool:
    """Whether it is in the past of a proposal; a file elsewhere may look like one."""
    if line.number is None:
        return False
    return line.path is None or matches(line.path, process.files.include, process.files.exclude)


def _about_proposals(commits: Sequence[Commit], process: Process) -> Iterator[Commit]:
    """*commits* without what they do to other files."""
    paths = _paths(commits, process)
    for commit in commits:
        kept = [made for change in commit.changes if (made := _seen_from(paths, change))]
        yield commit if kept == list(commit.changes) else replace(commit, changes=tuple(kept))


def _seen_from(paths: set[str], change: Change) -> Change | None:
    """*change* as far as it is about *paths*: what is moved away from them is gone."""
    if change.path in paths:
        return change
    return Change(change.before, None, None, change.old_blob) if change.before in paths else None


def _paths(commits: Sequence[Commit], process: Process) -> set[str]:
    """Every path that was ever a proposal's, or what a proposal was made of.

    Suffixes are those of the files that the process looks at, and plain text.
    """
    suffixes = (".txt", *(Path(glob).suffix for glob in process.files.include))
    changes = [change for commit in commits for change in commit.changes]
    paths = {change.path for change in changes if change.path.endswith(suffixes)}
    for change in reversed(changes):
        if change.before and change.path in paths:
            paths.add(change.before)
    return paths


def add_declared(past: History, corpus: Corpus) -> History:
    """*past*, with the events that proposals declare before the commits that record them."""
    lines = {line.path: line for line in past.timelines}
    made = {p.path: line for p in corpus if (line := with_declared_events(p, lines.get(p.path)))}
    kept = [made.pop(line.path or "", line) for line in past.timelines]
    every = sorted([*kept, *made.values()], key=lambda line: (line.number or 0, line.path or ""))
    return replace(past, timelines=tuple(every))


def _dump(past: History) -> str:
    """Every commit that is told of once, and for each event the place of its commit."""
    places: dict[tuple[str | None, str | None, str | None], int] = {}
    rows = []
    for line in past.timelines:
        events = []
        for event in line.events:
            day = event.date.isoformat() if event.date else None
            place = places.setdefault((event.commit, day, event.author), len(places))
            events.append((event.kind, event.before, event.after, place))
        changed = line.changed.isoformat() if line.changed else None
        rows.append((line.number, line.path, line.complete, changed, events))
    return json.dumps([past.head, past.complete, list(places), rows])


def _load(text: str) -> History | None:
    try:
        head, complete, commits, rows = json.loads(text)
        made = [(_day(day), commit, author) for commit, day, author in commits]
        lines = (
            Timeline(
                number,
                path,
                tuple(Event(*event, *made[place]) for *event, place in events),
                whole,
                _day(changed),
            )
            for number, path, whole, changed, events in rows
        )
        return History(head, tuple(lines), complete)
    except (ValueError, TypeError, LookupError):
        return None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
