"""Proposals as the rows of a table, the same wherever they are listed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from docutils import nodes

from ..catalog.model import CatalogEntry
from .content import SiteContent
from .i18n import _, ngettext
from .roles import link
from .tables import badge, Cell, table

FACET = "fep-facet"
"""The class of columns by whose values the script of the index can choose."""


@dataclass(frozen=True)
class Column:
    """A column: its title, the class of its cells, and what stands in them."""

    title: str
    mark: str
    cell: Callable[[CatalogEntry], Cell]


def listed(
    edition: SiteContent, page: str, entries: Iterable[CatalogEntry], *more: Column
) -> nodes.table:
    """A table on *page* with a row for each of *entries*."""
    columns = [*_columns(edition, page), *more]
    rows = ([column.cell(entry) for column in columns] for entry in entries)
    titles = [column.title for column in columns]
    return table(titles, rows, kind="fep-index", marks=[column.mark for column in columns])


def words(count: int) -> nodes.raw:
    """What the script of the index says of *count* proposals; no text in it ends the element."""
    said = {
        "all": _("All"),
        "clear": _("Clear"),
        "every": ngettext("{count} proposal", "{count} proposals", count),
        "filter": _("Words in a row"),
        "form": _("Filter the proposals"),
        "none": _("No proposal fits."),
        "order": _("Order"),
        "shown": ngettext(
            "{some} of {count} proposal", "{some} of {count} proposals", count, some="{some}"
        ),
        "year": _("Year"),
    }
    data = json.dumps(said).replace("<", "\\u003c")
    script = f'<script class="fep-words" type="application/json">{data}</script>'
    return nodes.raw("", script, format="html")


def _columns(edition: SiteContent, page: str) -> Iterator[Column]:
    process = edition.process
    yield Column(process.acronym, "fep-col-number", lambda entry: str(entry.number))
    yield Column(_("Title"), "fep-col-title", lambda entry: _title(edition, page, entry))
    yield Column(
        _("Authors"), "fep-col-authors", lambda entry: ", ".join(a.name for a in entry.authors)
    )
    if any(entry.topics for entry in edition.catalog.proposals):
        yield Column(_("Topic"), f"fep-col-topic {FACET}", lambda entry: ", ".join(entry.topics))
    yield Column(_("Type"), f"fep-col-type {FACET}", lambda entry: entry.type or "")
    yield Column(_("Status"), f"fep-col-status {FACET}", lambda entry: badge(process, entry.status))
    yield Column(_("Created"), f"fep-col-created {FACET}", lambda entry: str(entry.created or ""))


def _title(edition: SiteContent, page: str, entry: CatalogEntry) -> Cell:
    return link(entry.number, entry.title or edition.process.label(entry.number), page)
