"""Statuses that proposals have only between the commits of a change.

The check compares the ends of a change. If its commits become those of the base, one that sets
Active to Review and another that sets it back are a new decision, about the text of the latter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from .._decoding import decode_text
from .._files import FileContent
from ..history.decisions import find_decision
from ..history.git import GitRepository
from ..history.load import ChangedHeaders, read_change
from ..history.model import Event
from ..process.model import Process
from ..proposals.model import Proposal


def notes(
    git: GitRepository,
    base: str,
    head: str,
    before: Mapping[str, FileContent],
    after: Mapping[str, FileContent],
    process: Process,
) -> list[str]:
    """Return a note for each proposal whose decision its statuses in between would replace.

    :param base: The commit at which the change began.
    :param before: The files of proposals before the change.
    """
    if before == after or base == head:
        return []
    changes = list(read_change(git, base, head, process))
    paths = {path for change in changes for path in (change.former, change.path) if path}
    old, new = (_parse(files, paths, process) for files in (before, after))
    pairs = ((proposal, _same(proposal, new)) for proposal in old)
    return [
        note
        for was, now in pairs
        if now and (note := _note(was, now, _statuses_between(was, changes), process))
    ]


def _parse(
    files: Mapping[str, FileContent], paths: Iterable[str], process: Process
) -> list[Proposal]:
    """Return those of the proposals at *paths* that can be read."""
    sources = {path: files[path] for path in sorted(paths) if path in files}
    return [
        Proposal.parse(decode_text(source)[0] or "", process, path)
        for path, source in sources.items()
        if isinstance(source, bytes)
    ]


def _same(was: Proposal, proposals: Sequence[Proposal]) -> Proposal | None:
    """Return the proposal at the end that has the path of *was*, or else its number."""
    at_path = (p for p in proposals if p.path == was.path)
    with_number = (p for p in proposals if p.number is not None and p.number == was.number)
    return next(at_path, None) or next(with_number, None)


def _statuses_between(was: Proposal, changes: Iterable[ChangedHeaders]) -> Iterator[str]:
    """Yield the statuses that commits give to a proposal, also under another path or number.

    The history follows proposals to other paths, and takes a file of the same number or title for
    one that was removed. A commit that changes something else gives no status.
    """
    paths = {was.path}
    identities = [("number", str(was.number)), ("title", was.title)]
    for change in changes:
        versions = (change.before, change.after)
        is_known = any(v.get(key) == value for key, value in identities for v in versions if value)
        if is_known or change.former in paths or change.path in paths:
            paths.add(change.path)
            status = change.after.get("status")
            if status and status != change.before.get("status"):
                yield status


def _note(was: Proposal, now: Proposal, between: Iterable[str], process: Process) -> str:
    """Return a note if each commit by itself gives another decision than all of them together."""
    written = (was.status, *between, now.status)
    names = [status.name for name in written if name and (status := process.resolve_status(name))]
    events = [Event("status", None, name, None, str(n)) for n, name in enumerate(names)]
    changed = [event for n, event in enumerate(events) if n == 0 or names[n - 1] != names[n]]
    if len(changed) < 3:
        return ""
    first, last = changed[0], changed[-1]
    is_same = first.after == last.after
    decided = find_decision([first] if is_same else [first, last], process)
    if decided != first or decided == find_decision(changed, process):
        return ""
    return (
        f"{now.path} becomes {changed[1].after} and then {last.after}{' again' * is_same} in the "
        "commits of this change, so its decision would be lost, or count for its new text; merge "
        "them as one commit"
    )
