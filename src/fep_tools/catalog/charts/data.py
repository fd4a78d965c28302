"""Values of charts, taken from the catalog."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from ...history.stats import Statistics
from ...process.model import Process
from ..build import catalog_statistics
from ..model import Catalog, CatalogEntry, Interval
from .graph import Box, Tie
from .timeline import Row

Address = Callable[[int], str]
"""Where the page of a number is."""


def stays_of(entry: CatalogEntry, _process: Process) -> tuple[Interval, ...]:
    """Return the intervals of a proposal."""
    return entry.intervals


def rows(catalog: Catalog, process: Process, address: Address) -> list[Row]:
    """Return a row for every proposal with a known history."""
    made = (
        Row(process.label(e.number), e.title, address(e.number), e.intervals)
        for e in catalog.proposals
    )
    return [row for row in made if row.stays]


def box(entry: CatalogEntry, process: Process, address: Address, *, here: bool = False) -> Box:
    """Return a proposal as a box of a graph."""
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
    """Return every relation of *entries*, from whichever end it is declared."""
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
    """Return the day of the last event."""
    return catalog.last_event_date


def figures(catalog: Catalog, process: Process) -> Statistics:
    """Return what ``fep stats`` reports."""
    return catalog_statistics(catalog, process)
