"""Statuses that proposals have only between the commits of a change.

The check compares the ends of a change. If its commits become those of the base, one that sets
Active to Review and another that sets it back are a new decision, about the text of the latter.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from .._decoding import decode_text
from .._files import FileContent
from .._text import plural
from ..history.decisions import find_decision
from ..history.git import GitRepository
from ..history.load import ChangedHeaders, MAX_CHANGED_FILES, read_change
from ..history.model import Event
from ..process.model import Process
from ..proposals.model import Proposal
from .protected_paths import MAX_NAMED


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
    changes = read_change(git, base, head, process)
    if changes is None:
        problem = f"the commits of this change affect more than {MAX_CHANGED_FILES:,} files"
        effect = "statuses that proposals have only in between were not judged"
        return [f"{problem}, so {effect}; merge them as one commit"]
    paths = {path for change in changes for path in (change.former, change.path) if path}
    old, new = (_parse(files, paths, process) for files in (before, after))
    by_path = {proposal.path: proposal for proposal in new}
    by_number = {proposal.number: proposal for proposal in new}
    by_number.pop(None, None)
    between = _Changes(changes)
    pairs = ((p, by_path.get(p.path) or by_number.get(p.number)) for p in old if p.status)
    found = [note for p, end in pairs if end and (note := _note(p, end, between, process))]
    others = len(found) - MAX_NAMED
    more = [f"the same is so for {plural(others, 'other proposal')}"] if others > 0 else []
    return [*found[:MAX_NAMED], *more]


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


class _Changes:
    """What the commits of a change do, to find what is about one proposal.

    The history follows proposals to other paths, and takes a file of the same number or title for
    one that was removed.
    """

    def __init__(self, changes: Iterable[ChangedHeaders]) -> None:
        self._changes = [change for change in changes if _gives_status(change) or _moves(change)]
        self._by_key: dict[tuple[str, str], list[int]] = {}
        for index, change in enumerate(self._changes):
            versions = [*change.before.items(), *change.after.items()]
            keys = [(key, value) for key, value in versions if key in ("number", "title")]
            paths = [("path", path) for path in (change.former, change.path) if path]
            for key in dict.fromkeys([*keys, *paths]):
                self._by_key.setdefault(key, []).append(index)

    def statuses(self, was: Proposal) -> list[str]:
        """Return the statuses that commits give to a proposal, oldest first."""
        waiting = [("path", was.path), ("number", str(was.number)), ("title", was.title or "")]
        found: set[int] = set()
        while waiting:
            new = set(self._by_key.get(waiting.pop(), ())) - found
            found |= new
            waiting += [("path", self._changes[index].path) for index in new]
        changes = [self._changes[index] for index in sorted(found)]
        return [change.after["status"] for change in changes if _gives_status(change)]


def _gives_status(change: ChangedHeaders) -> bool:
    status = change.after.get("status")
    return bool(status) and status != change.before.get("status")


def _moves(change: ChangedHeaders) -> bool:
    return change.former is not None and change.former != change.path


def _note(was: Proposal, now: Proposal, changes: _Changes, process: Process) -> str:
    """Return a note if each commit by itself gives another decision than all of them together."""
    written = (was.status, *changes.statuses(was), now.status)
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
