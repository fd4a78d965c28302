"""Output of ``fep log``: timelines as text and as JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from ..._text import dump_json, escape_surrogates, safe

if TYPE_CHECKING:
    from ...history.model import Event, Timeline
    from ...process.model import Process

SCHEMA_VERSION = 1

COMMIT_LENGTH = 10
"""Characters of a commit that are shown."""


def as_text(timelines: Iterable[Timeline], process: Process) -> str:
    """Return all events of *timelines*, below a heading for each."""
    return "\n".join(_timeline(timeline, process) for timeline in timelines)


def _timeline(timeline: Timeline, process: Process) -> str:
    titles = [event.after for event in timeline.events if event.kind == "title" and event.after]
    heading = ": ".join([_label(timeline, process), *map(safe, titles[-1:])])
    lines = [_event(event, process) for event in timeline.events]
    if not timeline.complete:
        lines.insert(0, "  (earlier history is not in this clone)")
    if timeline.path is None:
        lines.append("  (the file was removed)")
    return "\n".join([heading, *lines]) + "\n"


def _label(timeline: Timeline, process: Process) -> str:
    """Return ``FEP 7``, or ``FEP 22a`` for a number that is not whole."""
    written = process.files.written_number(timeline.path or "")
    return process.label(written if timeline.number is None else timeline.number)


def _event(event: Event, process: Process) -> str:
    day = event.date.isoformat() if event.date else "unknown   "
    origin = event.link or f"{(event.commit or '')[:COMMIT_LENGTH]} {event.author or ''}"
    header = next((h.name for h in process.headers if h.key == event.kind), event.kind)
    return f"  {day}  {safe(header)}: {_change(event, process)}  {safe(origin, None)}".rstrip()


def _change(event: Event, process: Process) -> str:
    after = _value(event.after, event, process)
    return after if event.before is None else f"{_value(event.before, event, process)} -> {after}"


def _value(value: str | None, event: Event, process: Process) -> str:
    """Return a value as it was written.

    A status that the process does not have is followed by the one that it stands for: a typo
    that was once common may be a former name, as in ``Acepted [Accepted]``.
    """
    if value is None:
        return "(removed)"
    shown = safe(value) or "(empty)"
    if event.kind != "status" or process.status(value):
        return shown
    status = process.resolve_status(value)
    return f"{shown} [{status.name if status else 'no status'}]"


def as_overview(
    timelines: Iterable[Timeline],
    process: Process,
    paint: Callable[[str | None, str], str] = lambda _status, text: text,
) -> str:
    """Return a line for each timeline: ``FEP 7: Draft 2026-11-20 > Final 2026-12-01``.

    :param paint: Colours a text as the status with a name is.
    """
    lines = []
    for timeline in timelines:
        statuses = (
            f"{paint(event.after, _value(event.after, event, process))} {event.date or 'unknown'}"
            for event in timeline.statuses
        )
        lines.append(f"{_label(timeline, process)}: {' > '.join(statuses) or 'unknown'}\n")
    return "".join(lines)


def as_json(timelines: Iterable[Timeline], *, complete: bool) -> str:
    """Return *timelines* as ``log.schema.json`` describes them.

    :param complete: False for a shallow clone.
    """
    table = {
        "schema_version": SCHEMA_VERSION,
        "complete": complete,
        "proposals": [
            {
                "number": timeline.number,
                "path": timeline.path and escape_surrogates(timeline.path),
                "complete": timeline.complete,
                "events": [event.as_json() for event in timeline.events],
            }
            for timeline in timelines
        ],
    }
    return dump_json(table)
