"""Draft the agenda of the next meeting, and the form of its minutes."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from datetime import date

from pydantic import Field

from .._text import plural
from ..catalog.model import Catalog, CatalogEntry, PublishedModel
from ..process.model import Process
from .overdue import find_overdue


class AgendaItem(PublishedModel):
    """A proposal on the agenda."""

    number: int
    title: str | None
    url: str | None = Field(description="URL of the discussion, or else of the proposal.")
    text: str = Field(description="Why it is on the agenda.")


class AgendaSection(PublishedModel):
    """Proposals that are on the agenda for one reason."""

    title: str
    items: tuple[AgendaItem, ...]


class Agenda(PublishedModel):
    """The agenda of a meeting; sections without a proposal are left out."""

    schema_version: int = 1
    today: datetime.date
    since: datetime.date = Field(description="Day of the last meeting.")
    sections: tuple[AgendaSection, ...]


def draft_agenda(
    catalog: Catalog, process: Process, today: date, since: date, released: str | None = None
) -> Agenda:
    """Return the agenda of a meeting on a day.

    :param since: The day of the last meeting: what moved on a later day is on the agenda.
    :param released: The newest version that is released; see :func:`find_overdue`.
    """
    sections = (
        AgendaSection(title=title, items=tuple(items))
        for title, items in (
            ("In review", _in_review(catalog, process, today)),
            ("Moved since the last meeting", _moved(catalog, since, today)),
            ("Due", _due(catalog, process, today, released)),
            ("Looking for a sponsor", _without_sponsor(catalog, process)),
        )
    )
    return Agenda(today=today, since=since, sections=tuple(s for s in sections if s.items))


def _in_review(catalog: Catalog, process: Process, today: date) -> Iterator[AgendaItem]:
    """Yield what is open for comment, by the day on which that ends."""
    entries = [
        (entry.review_until, entry)
        for entry in catalog.entries
        if entry.review_until is not None and _is_open(entry, process)
    ]
    for until, entry in sorted(entries, key=lambda row: (row[0], row[1].number)):
        days = (until - today).days
        text = f"comments until {until}, {plural(days, 'day')} left"
        yield _item(entry, text if days >= 0 else f"the review ended on {until}")


def _moved(catalog: Catalog, since: date, today: date) -> Iterator[AgendaItem]:
    """Yield the proposals whose status changed, once each, with every status."""
    for entry in catalog.entries:
        statuses = [event for event in entry.history if event.kind == "status"]
        recent = [e for e in statuses if e.date and since < e.date <= today]
        if recent:
            names = [recent[0].before or "new", *(event.after or "none" for event in recent)]
            yield _item(entry, f"{' -> '.join(names)} ({recent[-1].date})")


def _due(
    catalog: Catalog, process: Process, today: date, released: str | None
) -> Iterator[AgendaItem]:
    for reminder in find_overdue(catalog, process, today, released).reminders:
        entry = catalog.get(reminder.number)
        # An ended review is in the first section already.
        if entry is not None and reminder.kind != "review-ended":
            who = ": ".join(filter(None, (reminder.role, ", ".join(reminder.names))))
            yield _item(entry, f"{reminder.reason} ({who})")


def _without_sponsor(catalog: Catalog, process: Process) -> Iterator[AgendaItem]:
    if process.header_for("sponsor") is None:
        return
    for entry in catalog.entries:
        if _is_open(entry, process) and not entry.sponsor and not entry.retroactive:
            yield _item(entry, f"{entry.status}, by {', '.join(a.name for a in entry.authors)}")


def _is_open(entry: CatalogEntry, process: Process) -> bool:
    status = process.status(entry.status)
    return status is not None and status.stage == "open"


def _item(entry: CatalogEntry, text: str) -> AgendaItem:
    url = entry.discussion or entry.url
    return AgendaItem(number=entry.number, title=entry.title, url=url, text=text)
