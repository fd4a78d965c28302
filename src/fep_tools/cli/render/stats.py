"""Statistics as text and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from ..._text import inert, safe
from ...history.stats import DurationQuartiles, Statistics

SCHEMA_VERSION = 1


def text(found: Statistics) -> str:
    """The figures for people."""
    parts = [
        f"{found.proposals} proposals" + ("" if found.complete else "; the history is cut short"),
        "Steps",
        *_table((f"{_status(a)} -> {_status(b)}", str(n)) for (a, b), n in _by_count(found)),
        "",
        "Days in a status: a quarter, half and three quarters are over after ...",
        *_table((status, _survival(stay)) for status, stay in found.durations.items()),
        "",
        f"Days from the first draft to a decision: {_survival(found.time_to_decision)}",
        "",
        "New proposals by year and type",
        *_table(
            (f"{year}  {type_}", str(n)) for (year, type_), n in found.created_per_year.items()
        ),
    ]
    return "\n".join(parts) + "\n"


def _by_count(found: Statistics) -> list[tuple[tuple[str | None, str | None], int]]:
    return sorted(found.transitions.items(), key=lambda row: (-row[1], str(row[0])))


def _status(status: str | None) -> str:
    return "(none)" if status is None else safe(status) or "(empty)"


def _survival(stay: DurationQuartiles) -> str:
    marks = ", ".join(
        "?" if days is None else str(days) for days in (stay.first, stay.median, stay.third)
    )
    return f"{marks}  ({stay.over} of {stay.count} are over)"


def _table(rows: Iterator[tuple[str, str]]) -> Iterator[str]:
    found = list(rows)
    widest = max((len(name) for name, _value in found), default=0)
    return (f"  {name:<{widest}}  {value}" for name, value in found)


def as_json(found: Statistics) -> str:
    """The figures for programs: lists of objects, ``null`` where something is not known."""
    table: dict[str, Any] = {
        "schema_version": SCHEMA_VERSION,
        "complete": found.complete,
        "proposals": found.proposals,
        "steps": [{"from": a, "to": b, "count": n} for (a, b), n in _by_count(found)],
        "days_in_status": [
            {"status": status, **_days(stay)} for status, stay in found.durations.items()
        ],
        "days_to_decision": _days(found.time_to_decision),
        "created": [
            {"year": year, "type": type_, "count": n}
            for (year, type_), n in found.created_per_year.items()
        ],
    }
    return inert(json.dumps(table, indent=2)) + "\n"


def _days(stay: DurationQuartiles) -> dict[str, int | None]:
    return {
        "count": stay.count,
        "ended": stay.over,
        "quarter": stay.first,
        "median": stay.median,
        "three_quarters": stay.third,
    }
