"""Tables and badges as nodes, so that every builder and theme can show them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from docutils import nodes

from ..process.model import Process
from .i18n import _

LINE = 90
"""Characters that a row of a table has, where pages are text."""

Cell = str | nodes.Node | Sequence[nodes.Node]


def table(
    titles: Sequence[Cell],
    rows: Iterable[Sequence[Cell]],
    *,
    kind: str,
    stub: bool = False,
    marks: Sequence[str] = (),
) -> nodes.table:
    """A table with a row of *titles*; with *stub*, the first cell of a row is its title.

    *marks* are a class for each column, for themes and scripts to know it by.
    """
    group = nodes.tgroup("", cols=len(titles))
    for at in range(len(titles)):
        group += nodes.colspec(
            "", colwidth=LINE // len(titles), **({"stub": 1} if stub and at == 0 else {})
        )
    group += nodes.thead("", _row(titles, marks))
    group += nodes.tbody("", *(_row(row, marks) for row in rows))
    return nodes.table("", group, classes=[kind, "colwidths-auto"])


def _row(cells: Iterable[Cell], marks: Sequence[str]) -> nodes.row:
    entries = [nodes.entry("", *_paragraph(cell)) for cell in cells]
    for entry, mark in zip(entries, marks, strict=False):
        entry["classes"] += mark.split()
    return nodes.row("", *entries)


def _paragraph(cell: Cell) -> list[nodes.Node]:
    """What stands in a cell; an empty cell stays empty."""
    content = inline(cell)
    return [nodes.paragraph("", "", *content)] if content else []


def inline(cell: Cell) -> list[nodes.Node]:
    """The nodes of a cell."""
    if isinstance(cell, str):
        return [nodes.Text(cell)] if cell else []
    return [cell] if isinstance(cell, nodes.Node) else list(cell)


def joined(parts: Iterable[Cell], between: str = ", ") -> list[nodes.Node]:
    """*parts* one after the other, with *between* between them."""
    made: list[nodes.Node] = []
    for part in parts:
        made += [nodes.Text(between)] if made else []
        made += inline(part)
    return made


def badge(process: Process, name: str | None) -> nodes.inline:
    """The name of a status; its class says how far along that is, for a theme to colour."""
    status = process.status(name)
    kind = status.stage if status else "unknown"
    return nodes.inline("", name or _("Unknown"), classes=["fep-status", f"fep-status-{kind}"])
