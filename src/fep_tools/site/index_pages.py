"""The index, and the pages that list proposals by number, status, topic, author and so on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from textwrap import shorten
from typing import NamedTuple

from docutils import nodes

from ..catalog.model import CatalogEntry, OpenQuestions, ProposalEntry
from ..process.model import Process
from ..process.schema import Listing
from .content import SiteContent, table_state
from .deferred import RenderContext
from .facets import Facet, FacetGroup, NUMBER, OPEN_QUESTIONS, process_list_page, TITLES
from .i18n import _
from .nodes import Cell, join, status_key, table, title_row, with_links
from .now import render_now
from .proposal_table import (
    Column,
    entry_link,
    filter_labels,
    proposal_table,
    table_columns,
    table_of,
)
from .roles import page_link, proposal_link
from .virtual_pages import VirtualPage

UNCLASSIFIED = "group-without-status"
"""The anchor of the group for proposals that are in no group of the process."""

RESERVED = "reserved-numbers"
"""The anchor of the section with reserved numbers."""

UNNUMBERED = "group-without-number"
"""The anchor of the list of proposals that have no number."""

MAX_QUESTION = 160
"""Characters of the first question of a section that the list of them shows."""

# The index -------------------------------------------------------------------------------------


class IndexSection(NamedTuple):
    """A section of the index."""

    title: str
    anchor: str
    summary: str
    entries: tuple[ProposalEntry, ...]


def render_index(context: RenderContext) -> list[nodes.Node]:
    """Return a section for each group of the process that has proposals, and one for the rest."""
    content = context.content
    groups = list(_groups(content))
    unnumbered = _unnumbered_section(content, context.page)
    if not groups and not unnumbered:
        message = _("There are no {plural} yet.", plural=content.process.plural)
        return [nodes.paragraph("", message)]
    return [
        *render_now(context),
        _group_links(groups),
        filter_labels(len(content.catalog.listed)),
        *_group_table(context, groups),
        *unnumbered,
        *_reserved_section(content.process),
        *list_links(content, context.page),
    ]


def _unnumbered_section(content: SiteContent, page: str) -> list[nodes.Node]:
    """Return a section with the proposals that have no number, if there are some."""
    found = [entry for entry in content.catalog.unnumbered if not entry.numeral]
    links = [page_link(content.page_of(e), e.title or e.path, page) for e in found]
    if not links:
        return []
    items = (nodes.list_item("", nodes.paragraph("", "", link)) for link in links)
    title, listed = nodes.title("", _("Without a number")), nodes.bullet_list("", *items)
    return [nodes.section("", title, listed, ids=[UNNUMBERED], classes=["fep-group"])]


def _groups(content: SiteContent) -> Iterator[IndexSection]:
    grouped = content.catalog.grouped(content.process)
    for group in content.process.index:
        if group.title in grouped:
            anchor = nodes.make_id(f"group-{group.slug or group.title}")
            yield IndexSection(group.title, anchor, group.summary, grouped[group.title])
    # A status that is misspelt or missing is in no group of the process.
    if others := tuple(entry for entry in content.catalog.listed if entry.group is None):
        summary = _("Their status or their type is missing or unknown.")
        yield IndexSection(_("Unclassified"), UNCLASSIFIED, summary, others)


def _group_links(groups: Iterable[IndexSection]) -> nodes.bullet_list:
    """Return links to the groups, with the number of proposals in each."""
    items = []
    for group in groups:
        link = nodes.reference("", group.title, refid=group.anchor, internal=True)
        items.append(nodes.list_item("", _with_count(link, len(group.entries))))
    return nodes.bullet_list("", *items, classes=["fep-groups"])


def _group_table(context: RenderContext, groups: Iterable[IndexSection]) -> list[nodes.Node]:
    """Return one table of all groups, each below a row with its title, and a key."""
    columns = table_columns(context.content, context.page)
    rows: list[list[Cell] | nodes.row] = []
    used = [entry.status for entry in context.content.catalog.listed]
    for group in groups:
        title = nodes.strong("", group.title)
        parts: list[nodes.Node] = [title, _count(len(group.entries))]
        if group.summary:
            parts += [nodes.Text(" · "), *with_links(group.summary)]
        rows.append(title_row(parts, len(columns), kind="fep-group", anchor=group.anchor))
        rows += [[column.cell(entry) for column in columns] for entry in group.entries]
    return [table_of(columns, rows), status_key(context.content.process, used)] if rows else []


def _reserved_section(process: Process) -> Iterator[nodes.section]:
    """Yield the section with the numbers that are reserved, if some are."""
    numbers = (sorted({row.numbers[0], row.numbers[-1]}) for row in process.reserved)
    reasons = (row.reason for row in process.reserved)
    rows = [("–".join(map(str, ends)), why) for ends, why in zip(numbers, reasons, strict=True)]
    if rows:
        titles = [process.acronym, _("Reason")]
        reserved = table(titles, rows, kind="fep-reserved", stub=True)
        title = nodes.title("", _("Reserved numbers"))
        yield nodes.section("", title, reserved, ids=[RESERVED])


# Lists -----------------------------------------------------------------------------------------


def pages(content: SiteContent) -> Iterator[VirtualPage]:
    """Return every list that is not empty."""
    entries = content.catalog.listed
    if entries:
        title = _(TITLES[NUMBER][1], plural=content.process.plural)
        yield _list_page(content, NUMBER, title, entries)
    for listing, selected in content.process_lists.items():
        yield _process_list(content, listing, selected)
    if content.with_open_questions:
        yield _open_questions(content)
    for facet, groups in content.groups.items():
        yield _facet_page(content, facet, groups)
        yield from (_group_page(content, page, g) for g in groups.values() if (page := g.page))


def list_links(content: SiteContent, page: str) -> list[nodes.Node]:
    """Return links from *page* to the other lists, and its own title among them."""
    titles = content.list_titles.items()
    links = (
        nodes.strong("", title) if name == page else page_link(name, title, page)
        for name, title in titles
    )
    items = [nodes.list_item("", nodes.paragraph("", "", link)) for link in links]
    return [nodes.bullet_list("", *items, classes=["fep-lists"])] if items else []


def _list_page(
    content: SiteContent,
    page: str,
    title: str,
    entries: tuple[ProposalEntry, ...],
    summary: str = "",
    *extra: Column,
) -> VirtualPage:
    extra_cells = [column.cell(entry) for column in extra for entry in entries]
    return VirtualPage(
        name=page,
        title=title,
        state=f"{summary} {content.list_titles} {table_state(entries)} {extra_cells}",
        render=lambda: [
            *list_links(content, page),
            *([nodes.paragraph("", "", *with_links(summary))] if summary else []),
            filter_labels(len(entries)),
            proposal_table(content, page, entries, *extra),
            status_key(content.process, (entry.status for entry in entries)),
        ],
    )


def _process_list(
    content: SiteContent, listing: Listing, entries: tuple[CatalogEntry, ...]
) -> VirtualPage:
    """Return a list that the process defines, with the date that it is sorted by."""

    def cell(entry: ProposalEntry) -> Cell:
        return str(content.value(entry, listing.sort_by) or "")

    extra = (Column(listing.sort_by, "fep-col-by", cell),) if listing.sort_by else ()
    page = process_list_page(listing)
    return _list_page(content, page, listing.title, entries, listing.summary, *extra)


def _open_questions(content: SiteContent) -> VirtualPage:
    """Return the list of the proposals with open questions, accepted ones first."""

    def cell(entry: ProposalEntry) -> Cell:
        return join((_question(entry, each) for each in entry.open_questions), " · ")

    def _question(entry: ProposalEntry, found: OpenQuestions) -> Cell:
        anchor = nodes.make_id(found.section)
        body = content.proposals[content.page_of(entry)].body
        anchor = anchor if body and anchor in body.anchors else ""
        link = proposal_link(entry.number or 0, found.section, OPEN_QUESTIONS, anchor)
        return [link, nodes.Text(f": {shorten(found.text, MAX_QUESTION)}")] if found.text else link

    summary = _(
        "Questions that the texts leave open, those of accepted proposals first. Readers of an "
        "accepted one cannot tell whether they were answered."
    )
    column = Column(_("Open questions"), "fep-col-questions", cell)
    entries = content.with_open_questions
    title = _("Open questions")
    return _list_page(content, OPEN_QUESTIONS, title, entries, summary, column)


def _group_page(content: SiteContent, page: str, group: FacetGroup) -> VirtualPage:
    header = content.process.header_name(group.facet.role)
    title = _("{header}: {value}", header=header, value=group.value)
    return _list_page(content, page, title, group.entries, _summary(content, group))


def _summary(content: SiteContent, group: FacetGroup) -> str:
    """Return the summary that the process gives of a status, a type or another choice."""
    process = content.process
    summaries: Mapping[str, Mapping[str, str]] = {
        "type": {kind.name: kind.summary for kind in process.types},
        "status": {status.name: status.summary for status in process.statuses},
    }
    header = process.header_for(group.facet.role)
    own = header.summaries if header else {}
    return summaries.get(group.facet.role, own).get(group.value, "")


def _facet_page(
    content: SiteContent, facet: Facet, groups: Mapping[str, FacetGroup]
) -> VirtualPage:
    """Return a page with all values of a header, and the number of proposals with each."""
    shown = [
        (group.value, group.page, len(group.entries) if group.page else table_state(group.entries))
        for group in groups.values()
    ]
    summaries = [_summary(content, group) for group in groups.values()]
    return VirtualPage(
        name=facet.slug,
        title=_(TITLES[facet.slug][1], plural=content.process.plural),
        state=f"{content.list_titles} {shown} {summaries}",
        render=lambda: [
            *list_links(content, facet.slug),
            *_note_on_rare_values(content, groups.values()),
            _value_list(content, facet, groups.values()),
        ],
    )


def _note_on_rare_values(
    content: SiteContent, groups: Iterable[FacetGroup]
) -> Iterator[nodes.paragraph]:
    if any(group.page is None for group in groups):
        text = _(
            "Only the most frequent have a page of their own. "
            "The {plural} of the others are listed here.",
            plural=content.process.plural,
        )
        yield nodes.paragraph("", text)


def _value_list(
    content: SiteContent, facet: Facet, groups: Iterable[FacetGroup]
) -> nodes.bullet_list:
    items = []
    for group in groups:
        item = nodes.list_item("", _value(content, facet, group))
        if summary := _summary(content, group):
            item += nodes.paragraph("", "", *with_links(summary))
        items.append(item)
    return nodes.bullet_list("", *items, classes=["fep-values"])


def _value(content: SiteContent, facet: Facet, group: FacetGroup) -> nodes.paragraph:
    if group.page:
        return _with_count(page_link(group.page, group.value, facet.slug), len(group.entries))
    links = (
        entry_link(content, entry, facet.slug, content.process.label(entry.numeral))
        for entry in group.entries
    )
    return nodes.paragraph("", f"{group.value}: ", *join(links))


def _with_count(link: nodes.Node, count: int) -> nodes.paragraph:
    return nodes.paragraph("", "", link, _count(count))


def _count(count: int) -> nodes.inline:
    return nodes.inline("", f" {count}", classes=["fep-count"])
