"""What stands below a proposal's text: what happened to it, what it is tied to, how it is cited."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from docutils import nodes

from .._i18n import gettext_noop
from ..catalog.charts import graph, timeline
from ..catalog.exports import citations
from ..catalog.model import CatalogEntry
from ..history.model import Event
from ..process.schema import Hosting
from ..proposals.rst.allowlist import link_problem
from .context import picture, RenderContext
from .header_block import HISTORY, short_address
from .i18n import _, gettext_nodes, translator
from .roles import link
from .tables import badge, Cell, joined, table

NO_PAST = gettext_noop(
    "This site was built without its repository's past, so nothing is told of it here."
)
CUT_SHORT = gettext_noop("What came before is not in the clone that this site was built from.")

TIES = (
    gettext_noop("Requires"),
    gettext_noop("Required by"),
    gettext_noop("Replaces"),
    gettext_noop("Superseded by"),
)
"""What each relation of a proposal is called."""


def make(asked: RenderContext) -> list[nodes.Node]:
    """The parts, each with a title, where there is something to tell."""
    entry = asked.entry
    if entry is None:
        return []
    parts = [
        _section(HISTORY, _("History"), _history(asked, entry)),
        _section("relations-of-this-proposal", _("Relations"), _relations(asked, entry)),
        _section("citing-this-proposal", _("Citing"), _citation(asked, entry)),
    ]
    return [*(part for part in parts if part is not None), *_neighbours(asked, entry)]


def _section(name: str, title: str, content: Iterator[nodes.Node]) -> nodes.section | None:
    found = list(content)
    return nodes.section("", nodes.title("", title), *found, ids=[name]) if found else None


# History -----------------------------------------------------------------------------------


def _history(asked: RenderContext, entry: CatalogEntry) -> Iterator[nodes.Node]:
    process, catalog = asked.edition.process, asked.edition.catalog
    if len(entry.intervals) > 1:
        svg = timeline.proposal_timeline(
            process.label(entry.number), entry.intervals, translator=translator
        )
        yield picture(svg, _("Timeline"))
    steps = [event for event in entry.history if event.kind == "status" and event.after]
    if steps:
        rows = [_step(asked, event) for event in steps]
        yield table([_("Since"), _("Status"), _("Evidence")], rows, kind="fep-steps")
    if catalog.commit is None:
        yield nodes.paragraph("", _(NO_PAST))
    elif not entry.history_complete:
        yield nodes.paragraph("", _(CUT_SHORT))
    yield from _sources(entry, process.repository)


def _step(asked: RenderContext, event: Event) -> list[Cell]:
    known = asked.edition.process.resolve_status(event.after or "")
    shown = badge(asked.edition.process, known.name if known else event.after)
    day = event.date.isoformat() if event.date else _("unknown")
    return [day, shown, _evidence(event, asked.edition.process.repository)]


def _evidence(event: Event, hosting: Hosting | None) -> Cell:
    """What a step is known from: what the proposal names, or a commit."""
    if event.link:
        return _linked(event.link, short_address(event.link))
    if event.commit is None:
        return ""
    commit = nodes.literal("", event.commit[:10])
    address = hosting.url_of_commit(event.commit) if hosting else ""
    shown = _linked(address, commit)
    if not event.author:
        return shown
    author = nodes.Text(event.author)
    return list(
        gettext_nodes(
            "{commit} by {author}", commit=nodes.inline("", "", *joined([shown])), author=author
        )
    )


def _sources(entry: CatalogEntry, hosting: Hosting | None) -> Iterator[nodes.Node]:
    """When the text was changed last, and where it and its past can be read."""
    parts: list[Cell] = []
    if entry.changed:
        parts.append(_("Last changed on {day}", day=entry.changed))
    if hosting is not None:
        parts.append(_linked(hosting.url_of_file(entry.path), _("Source")))
        parts.append(_linked(hosting.url_of_history(entry.path), _("All changes")))
    if parts:
        yield nodes.paragraph("", "", *joined(parts, " · "), classes=["fep-sources"])


def _linked(address: str, shown: Cell) -> Cell:
    """*shown* as a link, if the address is one to follow."""
    content = joined([shown])
    if not address or link_problem(address):
        return content
    return nodes.reference("", "", *content, refuri=address)


# Relations ---------------------------------------------------------------------------------


def _relations(asked: RenderContext, entry: CatalogEntry) -> Iterator[nodes.Node]:
    """The proposals that it has to do with, as a graph and as a table."""
    groups = (entry.requires, entry.required_by, entry.replaces, entry.superseded_by)
    catalog = asked.edition.catalog
    known = [other for number in entry.related if (other := catalog.get(number))]
    if not known:
        return
    process = asked.edition.process
    boxes = {e.number: graph.proposal_box(e, process, asked.address) for e in known}
    boxes[entry.number] = graph.proposal_box(entry, process, asked.address, is_current=True)
    if len(boxes) <= graph.MAX_GROUP_SIZE:
        title = _("What {label} has to do with", label=process.label(entry.number))
        svg = graph.relation_graph(title, boxes, graph.relations_of([entry]), translator=translator)
        yield picture(svg, _("Relations"))
    rows: Iterator[list[Cell]] = (
        [_(name), _link(asked, number), badge(process, asked.edition.status(number))]
        for name, group in zip(TIES, groups, strict=True)
        for number in group
        if catalog.get(number)
    )
    yield table([_("Relation"), _("Proposal"), _("Status")], rows, kind="fep-ties")


def _link(asked: RenderContext, number: int) -> nodes.Node:
    """A link to the proposal of that number, with its title."""
    return link(number, asked.edition.label(number), asked.page)


# Citing ------------------------------------------------------------------------------------


def _citation(asked: RenderContext, entry: CatalogEntry) -> Iterator[nodes.Node]:
    """Each format in a box that is closed at first."""
    process, address = asked.edition.process, asked.published(entry.number)
    formats = {
        "BibTeX": citations.bibtex(entry, process, address),
        "CSL JSON": citations.csl([entry], process, {entry.number: address}),
    }
    for name, text in formats.items():
        yield nodes.raw("", f"<details><summary>{escape(name)}</summary>", format="html")
        yield nodes.literal_block(text, text.rstrip(), language="none")
        yield nodes.raw("", "</details>", format="html")


# Neighbours --------------------------------------------------------------------------------


def _neighbours(asked: RenderContext, entry: CatalogEntry) -> Iterator[nodes.Node]:
    before, after = asked.edition.neighbours(entry.number)
    parts = [
        [nodes.inline("", f"{_(name)} ", classes=["fep-way"]), _link(asked, number)]
        for name, number in ((gettext_noop("Previous:"), before), (gettext_noop("Next:"), after))
        if number is not None
    ]
    if parts:
        lines = (nodes.paragraph("", "", *part) for part in parts)
        yield nodes.container("", *lines, classes=["fep-neighbours"])
