"""All proposals as pictures, each with the table that says the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from docutils import nodes

from .._i18n import gettext_noop
from ..catalog.build import catalog_statistics
from ..catalog.charts import graph, statechart, stats, timeline
from ..history.stats import DurationQuartiles
from .context import picture, RenderContext
from .i18n import _, translator
from .roles import link
from .tables import badge, Cell, joined, table

NO_PAST = gettext_noop("This needs the repository's past, and the site was built without it.")
CUT_SHORT = gettext_noop(
    "The clone that this site was built from is shallow: what came before is not counted."
)


def years(asked: RenderContext) -> Iterator[nodes.Node]:
    """New proposals by year and type."""
    process = asked.edition.process
    found = catalog_statistics(asked.edition.catalog, process)
    if not found.created_per_year:
        return
    yield picture(stats.years_chart(found, process.acronym, translator=translator), _("Years"))
    types = sorted({kind for _year, kind in found.created_per_year})
    rows = (
        [str(year), *(str(found.created_per_year.get((year, kind), 0)) for kind in types)]
        for year in sorted({year for year, _kind in found.created_per_year})
    )
    yield table([_("Year"), *types], rows, kind="fep-figures", stub=True)


def days(asked: RenderContext) -> Iterator[nodes.Node]:
    """How long proposals stay in a status, and how long a decision takes."""
    found = catalog_statistics(asked.edition.catalog, asked.edition.process)
    if not found.durations:
        return
    yield picture(stats.days_chart(found, translator=translator), _("Days"))
    stays = {**found.durations, _(stats.DECISION): found.time_to_decision}
    titles = [_("Status"), _("A quarter"), _("Half"), _("Three quarters"), _("Over")]
    rows = ([name, *_days(stay)] for name, stay in stays.items())
    yield table(titles, rows, kind="fep-figures", stub=True)


def _days(stay: DurationQuartiles) -> Iterator[str]:
    for limit in (stay.first, stay.median, stay.third):
        yield _("not yet") if limit is None else timeline.format_days(limit, translator)
    yield _("{ended} of {count}", ended=stay.over, count=stay.count)


def states(asked: RenderContext) -> Iterator[nodes.Node]:
    """The status machine, with how often each step was taken."""
    process = asked.edition.process
    found = catalog_statistics(asked.edition.catalog, process)
    if not found.transitions:
        return
    taken = {(a, b): count for (a, b), count in found.transitions.items() if a and b}
    yield picture(statechart.statechart(process, counts=taken, translator=translator), _("Steps"))
    rows: Iterator[list[Cell]] = (
        [
            badge(process, a) if a else _("New"),
            badge(process, b) if b else _("Taken away"),
            str(count),
        ]
        for (a, b), count in sorted(
            found.transitions.items(), key=lambda row: (-row[1], str(row[0]))
        )
    )
    yield table([_("From"), _("To"), _("How often")], rows, kind="fep-figures")


def relations(asked: RenderContext) -> Iterator[nodes.Node]:
    """Which proposals require or replace others."""
    catalog, process = asked.edition.catalog, asked.edition.process
    ties = [
        tie
        for tie in graph.relations_of(catalog.proposals)
        if catalog.get(tie.source) and catalog.get(tie.target)
    ]
    if not ties:
        yield nodes.paragraph("", _("None of them requires or replaces another."))
        return
    near = {number for tie in ties for number in (tie.source, tie.target)}
    boxes = {
        entry.number: graph.proposal_box(entry, process, asked.address)
        for entry in catalog.proposals
        if entry.number in near
    }
    large = [group for group in graph.group_numbers(ties) if len(group) > graph.MAX_GROUP_SIZE]
    yield picture(
        graph.relation_graph(_("Relations"), boxes, ties, translator=translator), _("Relations")
    )
    if large:
        most = _("Groups of more than {count} are in the table alone.", count=graph.MAX_GROUP_SIZE)
        yield nodes.paragraph("", most)
    rows: Iterator[list[Cell]] = (
        [_link(asked, tie.source), _(graph.VERBS[tie.kind]), _link(asked, tie.target)]
        for tie in ties
    )
    yield table([_("Proposal"), _("Relation"), _("Proposal")], rows, kind="fep-figures")


def timelines(asked: RenderContext) -> Iterator[nodes.Node]:
    """Every proposal on one axis."""
    catalog, process = asked.edition.catalog, asked.edition.process
    until = catalog.last_event_date
    rows = timeline.timeline_rows(catalog, process, asked.address)
    if until is None or not rows:
        return
    title = _("Timelines of {count} {plural}", count=len(rows), plural=process.plural)
    yield picture(timeline.all_timelines(title, rows, until, translator=translator), _("Timelines"))
    told: Iterator[list[Cell]] = (
        [_link(asked, entry.number), timeline.format_starts(entry.intervals)]
        for entry in catalog.proposals
        if entry.intervals
    )
    yield table([_("Proposal"), _("Since when")], told, kind="fep-figures")


def _link(asked: RenderContext, number: int) -> nodes.Node:
    return link(number, asked.edition.label(number), asked.page)


Maker = Callable[[RenderContext], Iterator[nodes.Node]]

OF_THE_PAST: Mapping[str, Maker] = {"days": days, "states": states, "timelines": timelines}
MAKERS: Mapping[str, Maker] = {"relations": relations, "years": years, **OF_THE_PAST}
"""What can be drawn, by the name by which a page asks for it."""


def make(name: str) -> Callable[[RenderContext], list[nodes.Node]]:
    """Who makes the picture of that name, and says so where the past is not at hand."""

    def made(asked: RenderContext) -> list[nodes.Node]:
        catalog = asked.edition.catalog
        found = list(MAKERS[name](asked))
        if name in OF_THE_PAST and not catalog.history_complete:
            doubt = NO_PAST if catalog.commit is None else CUT_SHORT
            found.append(nodes.paragraph("", "", *joined([_(doubt)])))
        return found

    return made
