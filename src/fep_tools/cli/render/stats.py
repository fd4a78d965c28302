"""Output of ``fep stats``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from ..._text import dump_json, plural, safe
from ...history.stats import DurationQuartiles, Statistics
from .tables import align

SCHEMA_VERSION = 1


def as_text(statistics: Statistics) -> str:
    """Return the statistics as tables, for people."""
    title = plural(statistics.proposals, "proposal")
    if not statistics.complete:
        title += " (the history is incomplete: the clone is shallow)"
    has_types = all(type_ for _year, type_ in statistics.created_per_year)
    rows = {**statistics.durations, "First draft to decision": statistics.time_to_decision}
    parts = [
        title,
        "",
        "Status changes",
        *_table(
            (f"{before or _none(before, 'new')} -> {after or _none(after, 'removed')}", str(count))
            for (before, after), count in statistics.most_frequent
        ),
        "",
        "Days in each status (Kaplan-Meier estimate; -: too little data)",
        f"Open periods are counted up to {statistics.until}.",
        *_table(
            [
                ("", "25%", "Median", "75%", "Completed"),
                *((status, *_cells(quartiles)) for status, quartiles in rows.items()),
            ]
        ),
        "",
        f"New proposals by year{' and type' if has_types else ''}",
        *_table(
            (f"{year}  {type_}".rstrip(), str(count))
            for (year, type_), count in statistics.created_per_year.items()
        ),
    ]
    return "\n".join(parts) + "\n"


def _none(status: str | None, name: str) -> str:
    """Return the text for a missing status: *name* if there is no file, else ``(empty)``."""
    return name if status is None else "(empty)"


def _cells(quartiles: DurationQuartiles) -> tuple[str, ...]:
    days = (quartiles.first, quartiles.median, quartiles.third)
    return (
        *("-" if each is None else str(each) for each in days),
        f"{quartiles.over} of {quartiles.count}",
    )


def _table(rows: Iterable[Sequence[str]]) -> list[str]:
    """Return indented lines: the first column aligned to the left, the others to the right."""
    table = [[safe(cell) for cell in row] for row in rows]
    return [f"  {line}" for line in align(table, right=range(1, 5))]


def as_json(statistics: Statistics) -> str:
    """Return the statistics for programs: lists of objects, ``null`` for too little data."""
    table: dict[str, Any] = {
        "schema_version": SCHEMA_VERSION,
        "complete": statistics.complete,
        "until": statistics.until.isoformat(),
        "proposals": statistics.proposals,
        "transitions": [
            {"from": before, "to": after, "count": count}
            for (before, after), count in statistics.most_frequent
        ],
        "days_in_status": [
            {"status": status, **_quartiles_as_json(quartiles)}
            for status, quartiles in statistics.durations.items()
        ],
        "days_to_decision": _quartiles_as_json(statistics.time_to_decision),
        "created": [
            {"year": year, "type": type_ or None, "count": count}
            for (year, type_), count in statistics.created_per_year.items()
        ],
    }
    return dump_json(table)


def _quartiles_as_json(quartiles: DurationQuartiles) -> dict[str, int | None]:
    return {
        "count": quartiles.count,
        "completed": quartiles.over,
        "first_quartile": quartiles.first,
        "median": quartiles.median,
        "third_quartile": quartiles.third,
    }
