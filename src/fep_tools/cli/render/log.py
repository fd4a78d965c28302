"""Timelines as text and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING

from ..._text import escape_surrogates, inert, safe

if TYPE_CHECKING:
    from ...history.model import Event, Timeline
    from ...process.model import Process

SCHEMA_VERSION = 1


def text(lines: Iterable[Timeline], process: Process) -> str:
    """Every event of *lines*, under a heading for each."""
    return "\n".join(_one(line, process) for line in lines)


def _one(line: Timeline, process: Process) -> str:
    titles = [event.after for event in line.events if event.kind == "title" and event.after]
    head = ": ".join([process.label(line.number), *map(safe, titles[-1:])])
    rows = [_event(event, process) for event in line.events]
    if not line.complete:
        rows.insert(0, "  (what came before is not in this clone)")
    if line.path is None:
        rows.append("  (its file is gone)")
    return "\n".join([head, *rows]) + "\n"


def _event(event: Event, process: Process) -> str:
    day = event.date.isoformat() if event.date else "unknown   "
    where = event.link or f"{(event.commit or '')[:10]} {event.author or ''}"
    header = next((h.name for h in process.headers if h.key == event.kind), event.kind)
    return f"  {day}  {safe(header)}: {_step(event, process)}  {safe(where, None)}".rstrip()


def _step(event: Event, process: Process) -> str:
    before, after = (_shown(value, event, process) for value in (event.before, event.after))
    return after if event.before is None else f"{before} -> {after}"


def _shown(value: str | None, event: Event, process: Process) -> str:
    """A *value* as it was written; of a status that there is not, also what it means."""
    if value is None:
        return "(removed)"
    shown = safe(value) or "(empty)"
    if event.kind != "status" or process.status(value):
        return shown
    meant = process.resolve_status(value)
    return f"{shown} [{meant.name if meant else 'no status'}]"


def overview(lines: Iterable[Timeline], process: Process) -> str:
    """The statuses of each of *lines*, one line each."""
    rows = []
    for line in lines:
        steps = (f"{_shown(e.after, e, process)} {e.date or 'unknown'}" for e in line.statuses)
        rows.append(f"{process.label(line.number)}: {' > '.join(steps) or 'unknown'}\n")
    return "".join(rows)


def as_json(lines: Iterable[Timeline], *, complete: bool) -> str:
    """*lines* as the design, section 10, has them."""
    table = {
        "schema_version": SCHEMA_VERSION,
        "complete": complete,
        "proposals": [
            {
                "number": line.number,
                "path": line.path and escape_surrogates(line.path),
                "complete": line.complete,
                "events": [event.as_json() for event in line.events],
            }
            for line in lines
        ],
    }
    return inert(json.dumps(table, indent=2)) + "\n"
