"""Proposals as the rows of a table, the same wherever they are listed."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from dataclasses import dataclass

from docutils import nodes

from ..catalog import Entry
from .edition import Edition
from .roles import link
from .tables import badge
from .tables import Cell
from .tables import table

FACET = "fep-facet"
"""The class of columns by whose values the script of the index can choose."""


@dataclass(frozen=True)
class Column:
    """A column: its title, the class of its cells, and what stands in them."""

    title: str
    mark: str
    cell: Callable[[Entry], Cell]


def listed(edition: Edition, page: str, entries: Iterable[Entry], *more: Column) -> nodes.table:
    """A table on *page* with a row for each of *entries*."""
    columns = [*_columns(edition, page), *more]
    rows = ([column.cell(entry) for column in columns] for entry in entries)
    titles = [column.title for column in columns]
    return table(titles, rows, kind="fep-index", marks=[column.mark for column in columns])


def _columns(edition: Edition, page: str) -> Iterator[Column]:
    process = edition.process
    yield Column(process.acronym, "fep-col-number", lambda entry: str(entry.number))
    yield Column("Title", "fep-col-title", lambda entry: _title(edition, page, entry))
    yield Column(
        "Authors", "fep-col-authors", lambda entry: ", ".join(a.name for a in entry.authors)
    )
    if any(entry.topics for entry in edition.catalog.proposals):
        yield Column("Topic", f"fep-col-topic {FACET}", lambda entry: ", ".join(entry.topics))
    yield Column("Type", f"fep-col-type {FACET}", lambda entry: entry.type or "")
    yield Column("Status", f"fep-col-status {FACET}", lambda entry: badge(process, entry.status))
    yield Column("Created", f"fep-col-created {FACET}", lambda entry: str(entry.created or ""))


def _title(edition: Edition, page: str, entry: Entry) -> Cell:
    return link(entry.number, entry.title or edition.process.label(entry.number), page)
