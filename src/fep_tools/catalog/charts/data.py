"""What pictures are made of, taken from the catalog."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from ...history.model import Event, Timeline
from ...history.stats import Statistics, statistics, status_runs
from ...process.model import Process
from ..build import Catalog, CatalogEntry
from .graph import Box, Tie
from .timeline import Interval, Row, stays

Address = Callable[[int], str]
"""Where the page of a number is."""


def timeline(entry: CatalogEntry) -> Timeline:
    """What happened to a proposal, as its past is told elsewhere."""
    events = (
        Event(e.kind, e.before, e.after, e.date, e.commit, e.author, e.source, e.link)
        for e in entry.history
    )
    return Timeline(entry.number, entry.path, tuple(events), entry.history_complete, entry.changed)


def stays_of(entry: CatalogEntry, process: Process) -> tuple[Interval, ...]:
    """The statuses that it was in, as far as it is known since when."""
    runs = status_runs(timeline(entry), process)
    known = ((name, process.status(name), begun) for name, begun in runs if name and begun)
    return stays((name, status.stage if status else None, begun) for name, status, begun in known)


def rows(catalog: Catalog, process: Process, address: Address) -> list[Row]:
    """A row for every proposal of which anything is known."""
    made = (
        Row(process.label(e.number), e.title, address(e.number), stays_of(e, process))
        for e in catalog.proposals
    )
    return [row for row in made if row.stays]


def box(entry: CatalogEntry, process: Process, address: Address, *, here: bool = False) -> Box:
    """A proposal in a graph."""
    status = process.status(entry.status)
    return Box(
        process.label(entry.number),
        entry.title,
        entry.status or "",
        status.stage if status else None,
        None if here else address(entry.number),
        here,
    )


def ties(entries: Iterable[CatalogEntry]) -> list[Tie]:
    """Every relation that one of *entries* has, from whichever end it is told."""
    found: set[Tie] = set()
    for entry in entries:
        found.update(Tie(entry.number, other, "requires") for other in entry.requires)
        found.update(Tie(other, entry.number, "requires") for other in entry.required_by)
        found.update(Tie(entry.number, other, "superseded by") for other in entry.superseded_by)
        found.update(Tie(other, entry.number, "superseded by") for other in entry.replaces)
    return sorted(
        (tie for tie in found if tie.tail != tie.head),
        key=lambda tie: (tie.tail, tie.head, tie.kind),
    )


def last_day(catalog: Catalog) -> date | None:
    """The last day on which anything happened: what lasts still is reckoned until then.

    The day of the build would make another picture each day.
    """
    days = (event.date for entry in catalog.proposals for event in entry.history if event.date)
    return max(days, default=None)


def figures(catalog: Catalog, process: Process) -> Statistics:
    """What ``fep stats`` tells, reckoned until the last day on which anything happened."""
    created = ((e.created, e.type) for e in catalog.proposals)
    return statistics(
        map(timeline, catalog.proposals),
        [(day, type_) for day, type_ in created if day and type_],
        process,
        last_day(catalog) or date.min,
        complete=catalog.history_complete,
    )
