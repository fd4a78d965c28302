"""The pages that list proposals: all of them by number, and those that share something."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from docutils import nodes

from ..catalog.model import CatalogEntry
from ..process.schema import Listing
from .content import shown, SiteContent
from .facets import ALL, BY, Facet, page_of, Shared
from .i18n import _
from .proposal_table import Column, listed, words
from .roles import to_page
from .virtual_page import VirtualPage


def pages(edition: SiteContent) -> Iterator[VirtualPage]:
    """Every list that has something to show."""
    everything = edition.catalog.proposals
    if everything:
        yield _list(edition, ALL, _(BY[ALL][1], plural=edition.process.plural), everything)
    for listing, entries in edition.listings.items():
        yield _declared(edition, listing, entries)
    for facet, groups in edition.shared.items():
        yield _overview(edition, facet, groups)
        yield from (_one(edition, group) for group in groups.values())


def ways(edition: SiteContent, page: str) -> list[nodes.Node]:
    """Links to the lists that there are, for a reader who looks for something else."""
    names = edition.lists.items()
    links = (to_page(name, title, page) for name, title in names if name != page)
    items = [nodes.list_item("", nodes.paragraph("", "", link)) for link in links]
    return [nodes.bullet_list("", *items, classes=["fep-lists"])] if items else []


def _list(
    edition: SiteContent,
    page: str,
    title: str,
    entries: tuple[CatalogEntry, ...],
    summary: str = "",
    *more: Column,
) -> VirtualPage:
    dates = [column.cell(entry) for column in more for entry in entries]
    return VirtualPage(
        name=page,
        title=title,
        shown=f"{summary} {edition.lists} {shown(entries)} {dates}",
        content=lambda: [
            *ways(edition, page),
            *([nodes.paragraph("", summary)] if summary else []),
            words(len(entries)),
            listed(edition, page, entries, *more),
        ],
    )


def _declared(
    edition: SiteContent, listing: Listing, entries: tuple[CatalogEntry, ...]
) -> VirtualPage:
    """A list that the process asks for, with the day by which it is sorted."""
    by = listing.sort_by
    column = Column(by, "fep-col-by", lambda entry: str(edition.value(entry, by) or ""))
    more = (column,) if by else ()
    return _list(edition, page_of(listing), listing.title, entries, listing.summary, *more)


def _one(edition: SiteContent, group: Shared) -> VirtualPage:
    header = edition.process.header_name(group.facet.role)
    title = _("{header}: {value}", header=header, value=group.value)
    return _list(edition, group.page, title, group.entries, _summary(edition, group))


def _summary(edition: SiteContent, group: Shared) -> str:
    """What the process says of a status or a type."""
    process = edition.process
    kinds = {kind.name: kind.summary for kind in process.types}
    states = {status.name: status.summary for status in process.statuses}
    return {"status": states, "type": kinds}.get(group.facet.role, {}).get(group.value, "")


def _overview(edition: SiteContent, facet: Facet, groups: Mapping[str, Shared]) -> VirtualPage:
    """All values of a facet, with how many proposals have each."""
    counts = [(group.value, group.page, len(group.entries)) for group in groups.values()]
    summaries = [_summary(edition, group) for group in groups.values()]
    return VirtualPage(
        name=facet.word,
        title=_(BY[facet.word][1], plural=edition.process.plural),
        shown=f"{edition.lists} {counts} {summaries}",
        content=lambda: [
            *ways(edition, facet.word),
            _counted(edition, facet, groups.values()),
        ],
    )


def _counted(edition: SiteContent, facet: Facet, groups: Iterable[Shared]) -> nodes.bullet_list:
    items = []
    for group in groups:
        name = to_page(group.page, group.value, facet.word)
        count = nodes.inline("", f" {len(group.entries)}", classes=["fep-count"])
        item = nodes.list_item("", nodes.paragraph("", "", name, count))
        if summary := _summary(edition, group):
            item += nodes.paragraph("", summary)
        items.append(item)
    return nodes.bullet_list("", *items, classes=["fep-values"])
