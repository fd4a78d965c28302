"""How each framework stands to each proposal: as a table, as JSON and as CSV."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from ..._text import escape_json, safe, width
from ...catalog.model import Catalog, CatalogEntry, FrameworkEntry, NoteEntry
from .proposals import rows_as_csv

COLUMNS = ("number", "title", "framework", "stance", "state", "version", "python")

MARKS = {
    "verified": "+",
    "failed": "!",
    "stale": "~",
    "not-run": "?",
    "unavailable": "x",
    "claim-only": "",
}
"""What stands behind a stance in the table, by the state of the note."""


def rows(catalog: Catalog) -> Iterator[dict[str, Any]]:
    """One row for each note."""
    for entry in catalog.proposals:
        for noted in entry.notes:
            told = {"number": entry.number, "title": entry.title, **noted.as_json()}
            yield {name: told[name] for name in COLUMNS}


def as_json(catalog: Catalog) -> str:
    """The rows as objects."""
    return escape_json(json.dumps(list(rows(catalog)), indent=2)) + "\n"


def as_csv(catalog: Catalog) -> str:
    """The rows, with a heading."""
    return rows_as_csv(COLUMNS, rows(catalog))


def table(catalog: Catalog) -> str:
    """One line for each proposal with notes, one column for each framework that has some."""
    entries = [entry for entry in catalog.proposals if entry.notes]
    there = {noted.framework for entry in entries for noted in entry.notes}
    frameworks = [framework for framework in catalog.frameworks if framework.key in there]
    if not frameworks:
        return "no proposal has notes\n"
    heads = [["", *(_named(framework) for framework in frameworks)]]
    grid = heads + [_line(entry, frameworks, catalog.process) for entry in entries]
    widths = [max(width(line[n]) for line in grid) for n in range(len(grid[0]))]
    legend = ", ".join(f"{mark} {state}" for state, mark in MARKS.items() if mark)
    return "".join(f"{_padded(line, widths)}\n" for line in grid) + f"\n{legend}\n"


def _named(framework: FrameworkEntry) -> str:
    return f"{framework.title} {safe(framework.version or '')}".rstrip()


def _line(entry: CatalogEntry, frameworks: list[FrameworkEntry], acronym: str) -> list[str]:
    notes = {noted.framework: noted for noted in entry.notes}
    return [f"{acronym} {entry.number}", *(_cell(notes.get(f.key)) for f in frameworks)]


def _cell(noted: NoteEntry | None) -> str:
    if noted is None:
        return ""
    return f"{noted.stance or '(no stance)'} {MARKS[noted.state]}".rstrip()


def _padded(line: list[str], widths: list[int]) -> str:
    cells = (cell + " " * (wide - width(cell)) for cell, wide in zip(line, widths, strict=True))
    return "  ".join(cells).rstrip()
