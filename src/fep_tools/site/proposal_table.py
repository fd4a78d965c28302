"""Tables of proposals, and the labels of the form that filters them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from docutils import nodes

from ..catalog.model import Author, ProposalEntry
from .content import SiteContent
from .i18n import _, ngettext
from .nodes import Cell, status_badge, table, with_links
from .roles import page_link, proposal_link

FACET_CLASS = "fep-facet"
"""The class of columns that the script of the index offers as filters."""

MAX_LISTED = 20
"""How many values of one header a row has, such as authors."""

MAX_ACRONYM_WIDTH = 5
"""The longest acronym that is the heading of the column of numbers."""


@dataclass(frozen=True)
class Column:
    """A column of a table of proposals."""

    title: str
    css_class: str
    cell: Callable[[ProposalEntry], Cell]


def proposal_table(
    content: SiteContent, page: str, entries: Iterable[ProposalEntry], *extra: Column
) -> nodes.table:
    """Return a table on *page* with a row for each proposal, without columns that would be empty.

    :param extra: Columns after the usual ones.
    """
    columns = [*table_columns(content, page), *extra]
    rows = [[column.cell(entry) for column in columns] for entry in entries]
    used = [n for n in range(len(columns)) if not rows or any(row[n] for row in rows)]
    return table_of([columns[n] for n in used], ([row[n] for n in used] for row in rows))


def table_of(columns: Sequence[Column], rows: Iterable[Sequence[Cell] | nodes.row]) -> nodes.table:
    """Return a table with *columns*, and either cells or a whole row for each of its rows."""
    titles = [column.title for column in columns]
    classes = [column.css_class for column in columns]
    return table(titles, rows, kind="fep-index", column_classes=classes)


def table_columns(content: SiteContent, page: str) -> list[Column]:
    """Return the usual columns: those that some proposal has a value for."""
    return list(_columns(content, page))


def _columns(content: SiteContent, page: str) -> Iterator[Column]:
    process = content.process
    # The style sheet gives the column the width of four digits.
    number = process.acronym if len(process.acronym) <= MAX_ACRONYM_WIDTH else "#"
    yield Column(number, "fep-col-number", lambda entry: entry.numeral)
    yield Column(
        _("Title"),
        "fep-col-title",
        lambda entry: [*_title_cell(content, entry, page)],
    )
    used = content.list_columns
    if "authors" in used:
        yield Column(_("Authors"), "fep-col-authors", lambda entry: _join_names(entry.authors))
    if "upstream_authors" in used:
        yield Column(
            _("Upstream authors"),
            "fep-col-upstream",
            lambda entry: _join_names(entry.upstream_authors),
        )
    if "topics" in used:
        yield Column(_("Topic"), f"fep-col-topic {FACET_CLASS}", lambda entry: _join(entry.topics))
    if "versions" in used:
        yield Column(
            _("Version"), f"fep-col-version {FACET_CLASS}", lambda entry: _join(entry.versions)
        )
    if "removed" in used:
        yield Column(_("Removed"), "fep-col-removed", lambda entry: _join(entry.removed))
    if process.types:
        yield Column(_("Type"), f"fep-col-type {FACET_CLASS}", lambda entry: entry.type or "")
    yield Column(
        _("Status"),
        f"fep-col-status {FACET_CLASS}",
        lambda entry: status_badge(process, entry.status),
    )
    if process.header_for("created"):
        yield Column(
            _("Created"), f"fep-col-created {FACET_CLASS}", lambda entry: str(entry.created or "")
        )


def _join_names(people: Iterable[Author]) -> str:
    return _join([person.name for person in people])


def _join(values: Sequence[str]) -> str:
    """Return the first of the values of a header; the page of the proposal has all of them.

    Each of 200 authors has a page, whose table would have all 200 of them.
    """
    shown, hidden = values[:MAX_LISTED], len(values) - MAX_LISTED
    more = [ngettext("and {count} more", "and {count} more", hidden)] if hidden > 0 else []
    return ", ".join([*shown, *more])


def _title_cell(content: SiteContent, entry: ProposalEntry, page: str) -> Iterator[nodes.Node]:
    """Yield the title, and why a proposal is not pursued, if it says so."""
    title = entry.title or content.process.label(entry.numeral)
    yield entry_link(content, entry, page, title)
    if entry.reason:
        yield nodes.Text(" ")
        yield nodes.inline("", "", *with_links(entry.reason), classes=["fep-reason"])


def entry_link(content: SiteContent, entry: ProposalEntry, page: str, text: str) -> nodes.Node:
    """Return a link from *page* to a proposal, also to one of several with a number."""
    target = content.page_of(entry)
    number = entry.number
    if number is not None and target == content.pages.get(number):
        return proposal_link(number, text, page)
    return page_link(target, text, page)


def filter_labels(count: int) -> nodes.raw:
    """Return the labels of the filter form, which ``fep-index.js`` makes for *count* proposals."""
    labels = {
        "clear": _("Clear"),
        "closed": _("closed"),
        "columns": _("Columns"),
        "day": ngettext("{number} day left", "{number} days left", 1, number="{number}"),
        "days": ngettext("{number} day left", "{number} days left", 2, number="{number}"),
        "every": ngettext("{count} proposal", "{count} proposals", count),
        "filter": _("Words in this table"),
        "form": _("Filter proposals"),
        "more": _("Filters"),
        "none": _("No proposals match {filters}.", filters="{filters}"),
        "order": _("Sort by"),
        "search": _("Search all texts for “{words}”", words="{words}"),
        # The script fills in these names, so they are their own values here.
        "shown": ngettext(
            "{some} of {count} proposal", "{some} of {count} proposals", count, some="{some}"
        ),
        "year": _("Year"),
    }
    data = json.dumps(labels).replace("<", "\\u003c")  # so that no text can end the element
    script = f'<script class="fep-words" type="application/json">{data}</script>'
    return nodes.raw("", script, format="html")
