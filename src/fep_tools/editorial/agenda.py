"""Draft the agenda of the next meeting, and the form of its minutes."""

from __future__ import annotations

import datetime
from collections.abc import Container, Iterable, Iterator
from datetime import date
from typing import Literal

from pydantic import Field

from .._clock import add_days
from .._text import plural
from ..catalog.listings import Listings, sort_role
from ..catalog.model import Catalog, CatalogEntry, PublishedModel
from ..history.stats import current_name
from ..process.model import Process
from .reminders import OverdueReport


class AgendaItem(PublishedModel):
    """A proposal on the agenda."""

    number: int | None = Field(description="Null if it is about no proposal.")
    title: str | None
    url: str | None = Field(description="URL of the discussion, or else of the proposal.")
    text: str = Field(description="Why it is on the agenda.")


class AgendaSection(PublishedModel):
    """Proposals that are on the agenda for one reason."""

    title: str
    items: tuple[AgendaItem, ...]


class Agenda(PublishedModel):
    """The agenda of a meeting; sections without a proposal are left out."""

    schema_version: Literal[1] = 1
    today: datetime.date
    since: datetime.date = Field(description="Day of the last meeting.")
    sections: tuple[AgendaSection, ...]


def draft_agenda(
    catalog: Catalog,
    listings: Listings,
    process: Process,
    report: OverdueReport,
    since: date,
) -> Agenda:
    """Return the agenda of a meeting, on the day of *report*.

    :param listings: The lists of the process; see :func:`select_listings`.
    :param report: What is due; see :func:`find_overdue`.
    :param since: The day of the last meeting: what moved on a later day is on the agenda.
    """
    today = report.today
    roles = {listing: sort_role(listing, process) for listing in listings}
    first = {k: entries for k, entries in listings.items() if roles[k] == "review_until"}
    others = {k: entries for k, entries in listings.items() if k not in first}
    in_review: set[int | None] = {entry.number for entries in first.values() for entry in entries}
    # The day of the next meeting, if it is as far away as the last one.
    horizon = add_days(today, (today - since).days)
    sections = (
        *((listing.title, _in_review(entries, today)) for listing, entries in first.items()),
        ("Moved since the last meeting", _moved(catalog, process, since, today)),
        ("Due", _due(catalog, report, in_review)),
        *(
            (k.title, _due_for_review(v, today, horizon) if roles[k] == "review_by" else _listed(v))
            for k, v in others.items()
        ),
    )
    made = (AgendaSection(title=title, items=tuple(items)) for title, items in sections)
    return Agenda(today=today, since=since, sections=tuple(s for s in made if s.items))


def _in_review(entries: Iterable[CatalogEntry], today: date) -> Iterator[AgendaItem]:
    """Yield what is open for comment, and until when."""
    for entry in entries:
        until = entry.review_until
        if until is None:
            yield _item(entry, f"{entry.status}, without a last day for comments")
            continue
        days = (until - today).days
        text = f"comments until {until}, {plural(days, 'day')} left"
        yield _item(entry, text if days >= 0 else f"the review ended on {until}")


def _due_for_review(
    entries: Iterable[CatalogEntry], today: date, horizon: date
) -> Iterator[AgendaItem]:
    """Yield what is due for review soon; what was due before today is in another section."""
    for entry in entries:
        if entry.review_by is not None and today <= entry.review_by <= horizon:
            yield _item(entry, f"due for review by {entry.review_by}")


def _listed(entries: Iterable[CatalogEntry]) -> Iterator[AgendaItem]:
    """Yield what a list has for another reason, such as that a sponsor is missing."""
    for entry in entries:
        yield _item(entry, f"{entry.status}, by {', '.join(a.name for a in entry.authors)}")


def _moved(catalog: Catalog, process: Process, since: date, today: date) -> Iterator[AgendaItem]:
    """Yield the proposals whose status changed, once each, with every status.

    From ``Acepted`` to ``Accepted``, only the spelling changed.
    """
    for entry in catalog.entries:
        steps = [
            (current_name(event.before, process), current_name(event.after, process), event.date)
            for event in entry.timeline.statuses
            if event.date and since < event.date <= today
        ]
        steps = [(before, after, day) for before, after, day in steps if before != after]
        if steps:
            names = [steps[0][0] or "new", *(after or "none" for _, after, _ in steps)]
            yield _item(entry, f"{' -> '.join(names)} ({steps[-1][2]})")


def _due(
    catalog: Catalog, report: OverdueReport, in_review: Container[int | None]
) -> Iterator[AgendaItem]:
    for reminder in report.reminders:
        # An ended review is in the first section already.
        if reminder.kind == "review-ended" and reminder.number in in_review:
            continue
        who = ": ".join(filter(None, (reminder.role, ", ".join(reminder.names))))
        text = f"{reminder.reason} ({who})"
        entry = None if reminder.number is None else catalog.get(reminder.number)
        if entry is None:
            yield AgendaItem(number=None, title=reminder.title, url=None, text=text)
        else:
            yield _item(entry, text)


def _item(entry: CatalogEntry, text: str) -> AgendaItem:
    url = entry.discussion or entry.url
    return AgendaItem(number=entry.number, title=entry.title, url=url, text=text)
