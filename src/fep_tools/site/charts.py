"""Charts of all proposals, each with a table of the same data.

Tables serve readers who cannot see a chart, and builders that leave charts out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from docutils import nodes

from .._i18n import gettext_noop
from ..catalog.build import catalog_statistics
from ..catalog.charts import graph, statechart, stats, timeline
from ..history.stats import DurationQuartiles
from .deferred import RenderContext, Renderer
from .i18n import _, translator
from .nodes import Cell, chart_box, status_badge, table
from .roles import proposal_link

NO_HISTORY = gettext_noop(
    "This chart needs the repository's history, and the site was built without it."
)
PARTIAL_HISTORY = gettext_noop(
    "The site was built from a shallow clone; earlier changes are not counted."
)

Chart = Callable[[RenderContext], Iterator[nodes.Node]]


def years(context: RenderContext) -> Iterator[nodes.Node]:
    """Return the number of new proposals by year and type."""
    process = context.content.process
    statistics = catalog_statistics(context.content.catalog, process)
    if not statistics.created_per_year:
        return
    svg = stats.years_chart(statistics, process.acronym, translator=translator)
    yield chart_box(svg, _("Years"))
    types = sorted({kind for _year, kind in statistics.created_per_year})
    rows = (
        [str(year), *(str(statistics.created_per_year.get((year, kind), 0)) for kind in types)]
        for year in sorted({year for year, _kind in statistics.created_per_year})
    )
    titles = [kind or _("Proposals") for kind in types]
    yield table([_("Year"), *titles], rows, kind="fep-figures", stub=True)


def durations(context: RenderContext) -> Iterator[nodes.Node]:
    """Return how long proposals stay in a status, and how long decisions take."""
    statistics = catalog_statistics(context.content.catalog, context.content.process)
    if not statistics.durations:
        return
    yield chart_box(stats.days_chart(statistics, translator=translator), _("Days"))
    durations_by_status = {**statistics.durations, _(stats.DECISION): statistics.time_to_decision}
    titles = [_("Status"), _("25%"), _("Median"), _("75%"), _("Completed")]
    rows = ([name, *_quartiles(quartiles)] for name, quartiles in durations_by_status.items())
    yield table(titles, rows, kind="fep-figures", stub=True)


def _quartiles(quartiles: DurationQuartiles) -> Iterator[str]:
    for days in (quartiles.first, quartiles.median, quartiles.third):
        yield _("too little data") if days is None else timeline.format_days(days, translator)
    yield _("{ended} of {count}", ended=quartiles.over, count=quartiles.count)


def transitions(context: RenderContext) -> Iterator[nodes.Node]:
    """Return the state chart with the number of times that each transition was made."""
    process = context.content.process
    counts = catalog_statistics(context.content.catalog, process).transitions
    if not counts:
        return
    # Before the first status, and after a file was removed, there is no status to draw.
    drawn = {(a, b): count for (a, b), count in counts.items() if a and b}
    svg = statechart.statechart(process, counts=drawn, translator=translator)
    yield chart_box(svg, _("Status changes"))
    # The most frequent first.
    rows: Iterator[list[Cell]] = (
        [
            status_badge(process, before) if before else _("New"),
            status_badge(process, after) if after else _("Removed"),
            str(count),
        ]
        for (before, after), count in sorted(
            counts.items(), key=lambda item: (-item[1], str(item[0]))
        )
    )
    yield table([_("From"), _("To"), _("Count")], rows, kind="fep-figures")


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
    yield chart_box(svg, _("Relations"))
    if any(len(group) > graph.MAX_GROUP_SIZE for group in graph.group_numbers(edges)):
        message = _(
            "Groups of more than {count} are only in the table.", count=graph.MAX_GROUP_SIZE
        )
        yield nodes.paragraph("", message)
    rows: Iterator[list[Cell]] = (
        [_link(context, edge.source), _(graph.VERBS[edge.kind]), _link(context, edge.target)]
        for edge in edges
    )
    yield table([_("Proposal"), _("Relation"), _("Proposal")], rows, kind="fep-figures")


def timelines(context: RenderContext) -> Iterator[nodes.Node]:
    """Return the statuses of every proposal on one axis."""
    catalog, process = context.content.catalog, context.content.process
    last_day = catalog.last_event_date
    rows = timeline.timeline_rows(catalog, process, context.relative_url)
    if last_day is None or not rows:
        return
    title = _("Timelines of {count} {plural}", count=len(rows), plural=process.plural)
    svg = timeline.all_timelines(title, rows, last_day, translator=translator)
    yield chart_box(svg, _("Timelines"))
    histories: Iterator[list[Cell]] = (
        [_link(context, entry.number), timeline.format_starts(entry.intervals)]
        for entry in catalog.proposals
        if entry.intervals
    )
    yield table([_("Proposal"), _("History")], histories, kind="fep-figures")


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
