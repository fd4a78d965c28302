"""The block below a proposal's text: history, related proposals, and citations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from docutils import nodes

from .._i18n import gettext_noop
from ..catalog.charts import graph, timeline
from ..catalog.exports import citations
from ..catalog.model import CatalogEntry, ProposalEntry
from ..history.model import Event
from ..process.schema import Hosting
from ..proposals.rst.allowlist import link_problem
from .change_pages import decision_line
from .deferred import RenderContext
from .header_block import shorten_url
from .i18n import _, gettext_nodes, ngettext, translator
from .nodes import Cell, chart_box, join, status_badge, table
from .roles import proposal_link
from .status_line import HISTORY_ID

NO_HISTORY = gettext_noop("No history: the site was built without the repository's commits.")
PARTIAL_HISTORY = gettext_noop(
    "The history is incomplete: the site was built from a shallow clone."
)

SIMILAR_TEXTS = gettext_noop(
    "These proposals have the most words in common with this one, also if they were rejected. "
    "Words that few proposals have count most."
)
NOTHING_SIMILAR = gettext_noop("No other proposal has enough words in common with this one.")
NO_OTHERS = gettext_noop("There is no other proposal.")
NO_TEXT = gettext_noop("The text cannot be compared, because the file cannot be read.")

MAX_RELATED = 50
"""How many proposals are listed for each relation. No PEP requires or replaces more than three."""

RELATIONS = (
    gettext_noop("Requires"),
    gettext_noop("Required by"),
    gettext_noop("Replaces"),
    gettext_noop("Superseded by"),
)


_Block = tuple[str, str, Iterator[nodes.Node]]  # its anchor, title and content


def render_footer_block(context: RenderContext) -> list[nodes.Node]:
    """Return the sections that are not empty, and links to the neighbours."""
    entry, known = context.entry, context.any_entry
    if known is None:
        return []
    # The anchors are older than the titles, and stay: other sites link to them.
    blocks = [(HISTORY_ID, _("History"), _history(context, known))]
    if entry is None:  # it has no number of its own, by which others could name it
        return list(_sections(context, blocks))
    blocks += [
        ("relations-of-this-proposal", _("Related proposals"), _related(context, entry)),
        ("similar-proposals", _("Similar proposals"), _similar(context, entry)),
        ("citing-this-proposal", _("Cite this proposal"), _citations(context, entry)),
    ]
    return [*_sections(context, blocks), *_neighbours(context, entry)]


def _sections(context: RenderContext, blocks: Iterable[_Block]) -> Iterator[nodes.section]:
    for anchor, title, content in blocks:
        if children := list(content):
            ids, classes = [context.free_anchor(anchor)], ["fep-below", f"fep-{anchor}"]
            heading = nodes.title("", title)
            yield nodes.section("", heading, *children, ids=ids, classes=classes)


# History -----------------------------------------------------------------------------------


def _history(context: RenderContext, entry: ProposalEntry) -> Iterator[nodes.Node]:
    process, catalog = context.content.process, context.content.catalog
    if len(entry.intervals) > 1:
        label = process.label(entry.numeral or entry.title or entry.path)
        svg = timeline.proposal_timeline(label, entry.intervals, context.content.today, translator)
        yield from chart_box(svg, _("How long has {label} been in each status?", label=label))
    changes = [event for event in entry.history if event.kind == "status" and event.after]
    if changes:
        rows = [_change_row(context, event) for event in changes]
        yield table([_("Since"), _("Status"), _("Evidence")], rows, kind="fep-steps")
    yield from decision_line(context.content, entry)
    if catalog.commit is None:
        yield nodes.paragraph("", _(NO_HISTORY))
    elif not entry.history_complete:
        yield nodes.paragraph("", _(PARTIAL_HISTORY))
    yield from _source_links(entry, process.repository)


def _change_row(context: RenderContext, event: Event) -> list[Cell]:
    process = context.content.process
    status = process.resolve_status(event.after or "")
    badge = status_badge(process, status.name if status else event.after)
    day = event.date.isoformat() if event.date else _("unknown")
    return [day, badge, _evidence(event, process.repository)]


def _evidence(event: Event, hosting: Hosting | None) -> Cell:
    """Return the link that the proposal gives for a status change, or else its commit."""
    if event.link:
        return _external_link(event.link, shorten_url(event.link))
    if event.commit is None:
        return ""
    commit = nodes.literal("", event.commit[:10])
    url = hosting.url_of_commit(event.commit) if hosting else ""
    link = _external_link(url, commit)
    if not event.author:
        return link
    parts = gettext_nodes(
        "{commit} by {author}",
        commit=nodes.inline("", "", *join([link])),
        author=nodes.Text(event.author),
    )
    return list(parts)


def _source_links(entry: ProposalEntry, hosting: Hosting | None) -> Iterator[nodes.Node]:
    """Return the day of the last change, and links to the file and its log."""
    parts: list[Cell] = []
    if entry.changed:
        parts.append(_("Last modified on {day}", day=entry.changed))
    if hosting is not None:
        parts.append(_external_link(hosting.url_of_file(entry.path), _("Source")))
        parts.append(_external_link(hosting.url_of_history(entry.path), _("All changes")))
    if parts:
        yield nodes.paragraph("", "", *join(parts, " · "), classes=["fep-sources"])


def _external_link(url: str, text: Cell) -> Cell:
    """Return *text* as a link, unless the URL is empty or not allowed."""
    content = join([text])
    if not url or link_problem(url):
        return content
    return nodes.reference("", "", *content, refuri=url)


# Related proposals -------------------------------------------------------------------------


def _related(context: RenderContext, entry: CatalogEntry) -> Iterator[nodes.Node]:
    """Return the related proposals as a graph and as a table."""
    content = context.content
    catalog, process = content.catalog, content.process
    numbers = (entry.requires, entry.required_by, entry.replaces, entry.superseded_by)
    groups = [[number for number in group if catalog.get(number)] for group in numbers]
    related = [other for number in entry.related if (other := catalog.get(number))]
    if not related:
        return
    boxes = {e.number: graph.proposal_box(e, process, context.relative_url) for e in related}
    boxes[entry.number] = graph.proposal_box(entry, process, context.relative_url, is_current=True)
    if len(boxes) <= graph.MAX_GROUP_SIZE:
        label = process.label(entry.number)
        title = _("Proposals related to {label}", label=label)
        svg = graph.relation_graph(title, boxes, graph.relations_of([entry]), translator=translator)
        yield from chart_box(
            svg, _("What does {label} build on, and what follows it?", label=label)
        )
    rows: Iterator[list[Cell]] = (
        [_(relation), _link(context, number), status_badge(process, content.status(number))]
        for relation, group in zip(RELATIONS, groups, strict=True)
        for number in group[:MAX_RELATED]
    )
    yield table([_("Relation"), _("Proposal"), _("Status")], rows, kind="fep-ties")
    if hidden := sum(len(group[MAX_RELATED:]) for group in groups):
        yield nodes.paragraph("", ngettext("and {count} more", "and {count} more", hidden))


def _similar(context: RenderContext, entry: CatalogEntry) -> Iterator[nodes.Node]:
    """Return the proposals whose texts are most like this one, or why there are none."""
    content = context.content
    rows: list[list[Cell]] = [
        [
            _link(context, similar.number),
            status_badge(content.process, content.status(similar.number)),
            ", ".join(similar.words),
        ]
        for similar in entry.similar
        if content.catalog.get(similar.number)
    ]
    if rows:
        yield nodes.paragraph("", _(SIMILAR_TEXTS))
        titles = [_("Proposal"), _("Status"), _("Words in common")]
        yield table(titles, rows, kind="fep-similar")
    elif len(content.catalog.proposals) < 2:
        yield nodes.paragraph("", _(NO_OTHERS))
    elif content.problem_of(content.page_of(entry)):
        yield nodes.paragraph("", _(NO_TEXT))
    else:
        yield nodes.paragraph("", _(NOTHING_SIMILAR))


def _link(context: RenderContext, number: int) -> nodes.Node:
    return proposal_link(number, context.content.label(number), context.page)


# Citations ---------------------------------------------------------------------------------


def _citations(context: RenderContext, entry: CatalogEntry) -> Iterator[nodes.Node]:
    """Return each format in a box that is closed at first."""
    process, url = context.content.process, context.absolute_url(entry.number)
    formats = {
        "BibTeX": citations.bibtex(entry, process, url),
        "CSL JSON": citations.csl([entry], process, {entry.number: url}),
    }
    for name, text in formats.items():
        yield nodes.raw("", f"<details><summary>{escape(name)}</summary>", format="html")
        yield nodes.literal_block(text, text.rstrip(), language="none")
        yield nodes.raw("", "</details>", format="html")


# Neighbours --------------------------------------------------------------------------------


def _neighbours(context: RenderContext, entry: CatalogEntry) -> Iterator[nodes.Node]:
    """Return links to the previous and the next proposal."""
    previous, following = context.content.neighbours(entry.number)
    parts = [
        [nodes.inline("", f"{label} ", classes=["fep-way"]), _link(context, number)]
        for label, number in ((_("Previous:"), previous), (_("Next:"), following))
        if number is not None
    ]
    if parts:
        lines = (nodes.paragraph("", "", *part) for part in parts)
        yield nodes.container("", *lines, classes=["fep-neighbours"])
