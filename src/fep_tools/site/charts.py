"""Charts of all proposals, each with a table of the same data.

Tables serve readers who cannot see a chart, and builders that leave charts out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from docutils import nodes

from .._i18n import gettext_noop
from ..catalog.build import catalog_statistics
from ..catalog.charts import graph, statechart, stats, timeline
from ..catalog.charts.axis import format_days
from ..history.stats import DurationQuartiles, Statistics
from ..process.model import Process
from .deferred import RenderContext, Renderer
from .i18n import _, ngettext, translator
from .nodes import Cell, chart_box, status_badge, table
from .roles import proposal_link

NO_HISTORY = gettext_noop(
    "This chart needs the repository's history, and the site was built without it."
)
PARTIAL_HISTORY = gettext_noop(
    "The site was built from a shallow clone; earlier changes are not counted."
)

MAX_RELATIONS = 2000
"""How many relations the table below the graph has. The PEPs have 86; a header may name 200."""

Chart = Callable[[RenderContext], Iterator[nodes.Node]]


def _statistics(context: RenderContext) -> Statistics:
    content = context.content
    return catalog_statistics(content.catalog, content.process, content.today)


def years(context: RenderContext) -> Iterator[nodes.Node]:
    """Return the number of new proposals by year and type."""
    process = context.content.process
    statistics = _statistics(context)
    if not statistics.created_per_year:
        return
    svg = stats.years_chart(statistics, process.acronym, translator=translator)
    yield from chart_box(svg, _("How many proposals were written each year?"))
    types = sorted({kind for _year, kind in statistics.created_per_year})
    rows = (
        [str(year), *(str(statistics.created_per_year.get((year, kind), 0)) for kind in types)]
        for year in sorted({year for year, _kind in statistics.created_per_year})
    )
    titles = [kind or _("Proposals") for kind in types]
    yield table([_("Year"), *titles], rows, kind="fep-figures", stub=True)


def durations(context: RenderContext) -> Iterator[nodes.Node]:
    """Return how long proposals stay in a status, and how long decisions take."""
    statistics = _statistics(context)
    if not statistics.durations:
        return
    question = _("How long does a proposal stay in a status, and how long is it until a decision?")
    yield from chart_box(stats.days_chart(statistics, translator=translator), question)
    durations_by_status = {**statistics.durations, _(stats.DECISION): statistics.time_to_decision}
    titles = [_("Status"), _("25%"), _("Median"), _("75%"), _("Completed")]
    rows = ([name, *_quartiles(quartiles)] for name, quartiles in durations_by_status.items())
    yield table(titles, rows, kind="fep-figures", stub=True)


def _quartiles(quartiles: DurationQuartiles) -> Iterator[str]:
    for days in (quartiles.first, quartiles.median, quartiles.third):
        yield _("too little data") if days is None else format_days(days, translator)
    yield _("{ended} of {count}", ended=quartiles.over, count=quartiles.count)


def transitions(context: RenderContext) -> Iterator[nodes.Node]:
    """Return the transitions that were made, and how many times."""
    process = context.content.process
    counts = _statistics(context).transitions
    if not counts:
        return
    svg = statechart.made_chart(process, counts, translator)
    yield from chart_box(svg, _("Which ways do proposals take, and how often?"))
    drawn = statechart.most_frequent(counts)
    if others := len(counts) - len(drawn):
        values = {"made": sum(counts.values()) - sum(drawn.values()), "shown": len(drawn)}
        message = ngettext(
            "The diagram has the {shown} most frequent changes. It leaves out {count} rare one; "
            "the table has it.",
            "The diagram has the {shown} most frequent changes. It leaves out {count} rare ones, "
            "which proposals made {made} times; the table has them.",
            others,
            **values,
        )
        yield nodes.paragraph("", message)
    # The most frequent first.
    rows: Iterator[list[Cell]] = (
        [
            _end(process, before, is_source=True),
            _end(process, after, is_source=False),
            f"{count:,}",
        ]
        for (before, after), count in sorted(
            counts.items(), key=lambda item: (-item[1], str(item[0]))
        )
    )
    yield table([_("From"), _("To"), _("Count")], rows, kind="fep-figures")


def _end(process: Process, status: str | None, *, is_source: bool) -> Cell:
    if status:
        return status_badge(process, status)
    return statechart.made_name(status, is_source=is_source, translator=translator)


def relations(context: RenderContext) -> Iterator[nodes.Node]:
    """Return which proposals require or replace others."""
    catalog, process = context.content.catalog, context.content.process
    edges = [
        edge
        for edge in graph.relations_of(catalog.proposals)
        if catalog.get(edge.source) and catalog.get(edge.target)
    ]
    if not edges:
        yield nodes.paragraph("", _("No proposal requires or replaces another."))
        return
    related = {number for edge in edges for number in (edge.source, edge.target)}
    boxes = {
        entry.number: graph.proposal_box(entry, process, context.relative_url)
        for entry in catalog.proposals
        if entry.number in related
    }
    svg = graph.relation_graph(_("Relations"), boxes, edges, translator=translator)
    yield from chart_box(svg, _("Which proposals build on each other, or replace others?"))
    if any(len(group) > graph.MAX_GROUP_SIZE for group in graph.group_numbers(edges)):
        message = _(
            "Groups of more than {count} are only in the table.", count=graph.MAX_GROUP_SIZE
        )
        yield nodes.paragraph("", message)
    rows: Iterator[list[Cell]] = (
        [_link(context, edge.source), _(graph.VERBS[edge.kind]), _link(context, edge.target)]
        for edge in edges[:MAX_RELATIONS]
    )
    yield table([_("Proposal"), _("Relation"), _("Proposal")], rows, kind="fep-figures")
    if (hidden := len(edges) - MAX_RELATIONS) > 0:
        more = ngettext("and {count} more", "and {count} more", hidden)
        yield nodes.paragraph("", more)


def timelines(context: RenderContext) -> Iterator[nodes.Node]:
    """Return the statuses of every proposal: in words, and as bars on one axis."""
    content = context.content
    entries = [entry for entry in content.catalog.proposals if entry.intervals]
    if not entries:
        return
    intervals = [interval for entry in entries for interval in entry.intervals]
    axis = timeline.timeline_axis(intervals, content.today)
    yield nodes.paragraph(
        "", _("How long has each proposal been in which status?"), classes=["fep-question"]
    )
    legend = timeline.stage_legend((each.stage for each in intervals if each.stage), translator)
    yield nodes.raw("", f'<p class="fep-legends">{" ".join(legend)}</p>', format="html")
    title = _("Timelines of {count} {plural}", count=len(entries), plural=content.process.plural)
    heading = _html(timeline.timelines_axis(axis, title, translator))
    rows: Iterator[list[Cell]] = (
        [
            _link(context, entry.number),
            [
                _html(timeline.timeline_row(entry.intervals, axis)),
                nodes.inline("", timeline.format_starts(entry.intervals), classes=["fep-starts"]),
            ],
        ]
        for entry in entries
    )
    yield table(
        [_("Proposal"), [nodes.inline("", _("History")), heading]], rows, kind="fep-timelines-table"
    )


def _html(svg: str) -> nodes.raw:
    return nodes.raw("", svg, format="html")


def _link(context: RenderContext, number: int) -> nodes.Node:
    return proposal_link(number, context.content.label(number), context.page)


HISTORY_CHARTS: Mapping[str, Chart] = {
    "days": durations,
    "states": transitions,
    "timelines": timelines,
}
"""Charts that are made from the history."""

CHARTS: Mapping[str, Chart] = {"relations": relations, "years": years, **HISTORY_CHARTS}
"""All charts, by their name in ``.. fep-picture::``."""


def chart_renderer(name: str) -> Renderer:
    """Return the renderer of a chart. It adds a note where the history is incomplete."""

    def render(context: RenderContext) -> Iterator[nodes.Node]:
        yield from CHARTS[name](context)
        catalog = context.content.catalog
        if name in HISTORY_CHARTS and not catalog.history_complete:
            note = NO_HISTORY if catalog.commit is None else PARTIAL_HISTORY
            yield nodes.paragraph("", _(note))

    return render
