"""Load the history of a repository: from git or the cache, and from what proposals declare."""

from __future__ import annotations

import gc
import json
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from functools import cache as cached
from pathlib import Path
from typing import NamedTuple, TYPE_CHECKING

from .._cache import Cache, key, tool
from .._text import parse_json
from ..proposals.discovery import matches
from .git import GitRepository
from .model import Commit, Event, FileChange, HeaderValues, History, Timeline

if TYPE_CHECKING:
    from pydantic import TypeAdapter

    from ..process.model import Process
    from ..proposals.fields import Record
    from ..proposals.model import Corpus, Proposal


def load_history(
    root: Path,
    process: Process,
    cache: Cache,
    revision: str = "HEAD",
    moved: frozenset[str] = frozenset(),
) -> History:
    """Return the history of the repository at *root* up to *revision*.

    :param moved: Paths of proposals that are not where *process* has them.
    :raises RepositoryError: It does not exist.
    """
    git = GitRepository.open(root)
    head = git.resolve(revision)
    if git.shallow:  # not cached: a clone can be deepened, and its head stays the same
        return _read(git, head, process, cache, moved)
    cache_key = key(
        "history", tool(), process.model_dump_json(), git.prefix, git.mailmap.identity, head
    )
    try:
        text = cache.get([cache_key]).get(cache_key, "")
        return _adapter().validate_python(parse_json(text))
    except ValueError:
        history = _read(git, head, process, cache, moved)
        # Not dump_json(): a path may hold lone surrogates, which are no JSON to pydantic.
        table = _adapter().dump_python(history, mode="json", exclude_defaults=True)
        cache.put({cache_key: json.dumps(table)})
        return history


@contextmanager
def _without_garbage_collection() -> Iterator[None]:
    """Pause the garbage collector, which would scan a growing heap without garbage."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


@_without_garbage_collection()
def _read(
    git: GitRepository, head: str, process: Process, cache: Cache, moved: frozenset[str]
) -> History:
    from .blobs import read_headers
    from .replay import build_timelines

    commits: list[Commit] = []

    def blobs() -> Generator[str, None, None]:
        """Yield the blobs of versions; those of an odd name once all commits are known."""
        suffixes = _suffixes(process)
        everything = []
        for commit in git.commits(head):
            everything.append(commit)
            yield from _blobs(c for c in commit.changes if c.path.endswith(suffixes))
        commits.extend(_restrict_to_proposals(everything, process))
        yield from _blobs(change for commit in commits for change in commit.changes)

    with closing(blobs()) as found:
        headers = read_headers(git, found, process, cache)
    timelines = build_timelines(
        commits, headers.values, headers.number, head=head, shallow=git.shallow
    )
    complete = not (git.shallow and any(not commit.parents for commit in commits))
    return History(
        head,
        tuple(line for line in timelines if _is_proposal(line, process) or line.path in moved),
        complete,
    )


class ChangedHeaders(NamedTuple):
    """What one commit does to one file.

    :param former: The path before, if there was a file.
    :param before: The headers before; empty if there was no file.
    :param path: The path after, or that of a removed file.
    :param after: The headers after; empty if the file was removed.
    """

    former: str | None
    before: HeaderValues
    path: str
    after: HeaderValues


MAX_CHANGED_FILES = 100_000
"""How many files the commits of a change may change, each counted in each commit.

Of commits that swap two directories of 5,000 files, 1,600 are 300 kB and take 3 GB of memory.
"""


def read_change(
    git: GitRepository, base: str, head: str, process: Process
) -> list[ChangedHeaders] | None:
    """Return what the commits of a change do, as if they came one after the other, as by a rebase.

    A merge does what it changes in its first parent: the commits that it merges are among those
    before it, but it may also do something of its own. Each version has its number among its
    headers, also if only the name of its file has it.

    :param base: A commit before *head*.
    :returns: ``None`` if there are more than :data:`MAX_CHANGED_FILES`.
    """
    from .blobs import read_headers
    from .renames import match_renames

    everything, count = [], 0
    with closing(git.commits(head, base)) as found:
        for commit in found:
            everything.append(commit)
            count += len(commit.changes)
            if count > MAX_CHANGED_FILES:
                return None
    commits = [*_restrict_to_proposals(everything, process)]
    blobs = _blobs(change for commit in commits for change in commit.changes)
    headers = read_headers(git, blobs, process, Cache(None))

    def read(path: str | None, blob: str | None) -> HeaderValues:
        if path is None or blob is None:
            return {}
        values = headers.values(path, blob)
        number = headers.number(path, values)
        return values if number is None else {**values, "number": str(number)}

    changed = []
    for commit in commits:
        for change in match_renames(commit, headers.values, headers.number).changes:
            former = change.before or (change.path if change.old_blob else None)
            before, after = read(former, change.old_blob), read(change.path, change.blob)
            changed.append(ChangedHeaders(former, before, change.path, after))
    return changed


def _blobs(changes: Iterable[FileChange]) -> Iterator[str]:
    return (blob for change in changes for blob in (change.old_blob, change.blob) if blob)


def _is_proposal(timeline: Timeline, process: Process) -> bool:
    """Return whether this is, or was, a proposal; an example in the docs may look like one."""
    files = process.files
    if timeline.number is None and not files.written_number(timeline.path or ""):
        return False
    return timeline.path is None or matches(timeline.path, files.include, files.exclude)


def _restrict_to_proposals(commits: Sequence[Commit], process: Process) -> Iterator[Commit]:
    """Yield *commits* without their changes of other files."""
    paths = _candidate_paths(commits, process)
    for commit in commits:
        restricted = (_restrict(change, paths) for change in commit.changes)
        changes = tuple(change for change in restricted if change)
        yield commit if changes == commit.changes else replace(commit, changes=changes)


def _restrict(change: FileChange, paths: set[str]) -> FileChange | None:
    """Return *change* if it is about *paths*; a rename that leaves them becomes a removal."""
    if change.path in paths:
        return change
    return (
        FileChange(change.before, None, None, change.old_blob) if change.before in paths else None
    )


def _candidate_paths(commits: Sequence[Commit], process: Process) -> set[str]:
    """Return every path that may have been a proposal's, or that a proposal was made from.

    That is any with the suffix of a proposal or with ``.txt``, which PEPs had before ``.rst``;
    and, going backwards, whatever was renamed to such a path.
    """
    suffixes = _suffixes(process)
    changes = [change for commit in commits for change in commit.changes]
    paths = {change.path for change in changes if change.path.endswith(suffixes)}
    for change in reversed(changes):
        if change.before and change.path in paths:
            paths.add(change.before)
    return paths


def _suffixes(process: Process) -> tuple[str, ...]:
    return (".txt", *(Path(glob).suffix for glob in process.files.include))


@cached
def _adapter() -> TypeAdapter[History]:
    from pydantic import TypeAdapter

    return TypeAdapter(History)


# Events that proposals declare ---------------------------------------------------------------


def add_declared_events(history: History, corpus: Corpus) -> History:
    """Return *history* with the events that the proposals of *corpus* declare."""
    by_path = {line.path: line for line in history.timelines}
    declared = {
        proposal.path: timeline
        for proposal in corpus
        if (timeline := with_declared_events(proposal, by_path.get(proposal.path)))
    }
    timelines = [declared.pop(line.path or "", line) for line in history.timelines]
    timelines += declared.values()  # not committed yet
    timelines.sort(key=lambda line: (line.number or 0, line.path or ""))
    return replace(history, timelines=tuple(timelines))


def with_declared_events(proposal: Proposal, timeline: Timeline | None = None) -> Timeline | None:
    """Return the timeline of a retroactive proposal: what it declares, then what git knows.

    A proposal that is older than its repository lists its former statuses in a header, as in
    ``Status-History: 2010-04-23 Draft https://example.org/the-first-record``. The commit that
    adds the file did not make it a Draft, so git's events are left out as long as they repeat what
    is declared. A status that is set again later is an event.

    :param timeline: The events that git knows.
    :return: ``None`` if the proposal declares nothing.
    """
    records: tuple[Record, ...] = proposal.value("history") or ()
    if not records or not proposal.value("retroactive"):
        return None
    timeline = timeline or Timeline(proposal.number, proposal.path)
    events = _declared_events(records)
    repeated: list[Event] = []
    declared = iter([event.after for event in events])
    for event in timeline.statuses:
        if event.after not in declared:  # which takes those that come before it
            break
        repeated.append(event)
    rest = [event for event in timeline.events if event not in repeated]
    return replace(timeline, events=(*events, *rest))


def _declared_events(records: tuple[Record, ...]) -> list[Event]:
    """Return a status transition from each record to the next."""
    before = (None, *(record.status for record in records))
    return [
        Event("status", old, record.status, record.date, source="declared", link=record.url)
        for old, record in zip(before, records, strict=False)
    ]
