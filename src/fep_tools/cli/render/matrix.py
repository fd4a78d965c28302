"""Render the stance of every framework on every proposal: as a table, as JSON and as CSV."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ..._text import dump_json, safe, width
from ...catalog.model import Catalog, CatalogEntry, FrameworkEntry, NoteEntry
from .proposals import rows_as_csv
from .tables import align

COLUMNS = ("number", "title", "framework", "stance", "state", "version", "python")

MARKS = {
    "verified": "+",
    "failed": "!",
    "stale": "~",
    "not-run": "?",
    "unavailable": "x",
    "claim-only": "",
}
"""The mark after a stance in the table, by the state of the note."""


def rows(catalog: Catalog) -> Iterator[dict[str, Any]]:
    """Return one row for each note."""
    for entry in catalog.proposals:
        for note in entry.notes:
            fields = {"number": entry.number, "title": entry.title, **note.as_json()}
            yield {name: fields[name] for name in COLUMNS}


def as_json(catalog: Catalog) -> str:
    """Return the rows as a JSON list."""
    return dump_json(list(rows(catalog)))


def as_csv(catalog: Catalog) -> str:
    """Return the rows as CSV with a heading."""
    return rows_as_csv(COLUMNS, rows(catalog))


def table(catalog: Catalog, max_width: int | None = None) -> str:
    """Return a table with a line for each proposal and a column for each framework with notes.

    :param max_width: If the table is wider, each proposal has a line for each of its notes.
    """
    entries = [entry for entry in catalog.proposals if entry.notes]
    noted = {note.framework for entry in entries for note in entry.notes}
    frameworks = [framework for framework in catalog.frameworks if framework.key in noted]
    if not frameworks:
        return "no proposal has notes\n"
    headings = (f"{safe(each.title)} {safe(each.version or '')}".rstrip() for each in frameworks)
    grid = [["", *headings]]
    grid += [_line(entry, frameworks, catalog.process) for entry in entries]
    marks = ", ".join(f"{mark} {state}" for state, mark in MARKS.items() if mark)
    legend = f"{marks}, no sign: claim only, no snippet"
    lines = align(grid)
    if max_width is not None and max(map(width, lines)) > max_width:
        lines = _blocks(grid)
    return "".join(f"{line}\n" for line in lines) + f"\n{legend}\n"


def _blocks(grid: Sequence[Sequence[str]]) -> list[str]:
    """Return the rows below each other: a proposal, and its notes by framework."""
    headings = grid[0][1:]
    lines: list[str] = []
    for label, *cells in grid[1:]:
        notes = [(heading, cell) for heading, cell in zip(headings, cells, strict=True) if cell]
        lines += [label, *(f"  {line}" for line in align(notes))]
    return lines


def _line(entry: CatalogEntry, frameworks: list[FrameworkEntry], acronym: str) -> list[str]:
    notes = {note.framework: note for note in entry.notes}
    cells = (_cell(notes.get(framework.key)) for framework in frameworks)
    return [f"{acronym} {entry.number}", *cells]


def _cell(note: NoteEntry | None) -> str:
    if note is None:
        return ""
    return f"{note.stance or '(no stance)'} {MARKS[note.state]}".rstrip()
