"""Statuses that proposals have only between the commits of a change.

The check compares the ends of a change. If its commits become those of the base, one that sets
Active to Review and another that sets it back are a new decision, about the text of the latter.
"""

from __future__ import annotations

from collections.abc import Mapping

from .._files import FileContent
from ..history.decisions import find_decision
from ..history.git import GitRepository
from ..history.load import read_change
from ..history.model import Timeline
from ..process.model import Process


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
    lines = read_change(git, base, head, process)
    return [note for line in lines if (note := _note(line, base, process))]


def _note(line: Timeline, base: str, process: Process) -> str:
    """Return a note if each commit by itself gives another decision than all of them together."""
    known = ((event, process.resolve_status(event.after or "")) for event in line.statuses)
    changes = [(event, status.name) for event, status in known if status]
    if len(changes) < 3 or line.path is None or changes[0][0].commit != base:
        return ""
    events, names = zip(*changes, strict=True)
    ends = events[:1] if names[0] == names[-1] else (events[0], events[-1])
    decided = find_decision(ends, process)
    if decided != events[0] or decided == find_decision(events, process):
        return ""
    again = " again" if names[0] == names[-1] else ""
    return (
        f"{line.path} becomes {names[1]} and then {names[-1]}{again} in the commits of this "
        "change, so its decision would be lost, or count for its new text; merge them as one commit"
    )
