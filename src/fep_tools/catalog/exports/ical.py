"""A calendar (RFC 5545) of the days on which reviews end and proposals are due for review."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from typing import Literal, TYPE_CHECKING

from ...process.model import Process
from ...process.schema import any_applies
from ..model import Catalog, CatalogEntry
from ..urls import CALENDAR, SiteUrls
from .feed_entries import stable_id

if TYPE_CHECKING:
    from icalendar import Component

DueRole = Literal["review_until", "review_by"]
DUE: dict[DueRole, str] = {"review_until": "the review ends", "review_by": "due for review"}
"""The header roles that hold a due date, and the text behind the title of the proposal."""

_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
"""Control characters, line separators and lone surrogates, which a text value may not have."""


def files(catalog: Catalog, process: Process, urls: SiteUrls) -> dict[str, bytes]:
    """Return the calendar by its path; nothing for a process without headers for due dates."""
    has_due_dates = any(process.header_for(role) for role in DUE)
    return {CALENDAR: calendar(catalog, process, urls)} if has_due_dates else {}


def calendar(catalog: Catalog, process: Process, urls: SiteUrls) -> bytes:
    """Return the calendar of all due dates.

    Two calls for the same catalog return the same bytes.
    """
    # Imported late: it takes as long as everything else that `fep list` needs.
    from icalendar import Calendar

    result = Calendar()
    result.add("version", "2.0")
    result.add("prodid", "-//fep-tools//calendar//EN")
    result.add("name", _text(process.plural))  # RFC 7986
    result.add("x-wr-calname", _text(process.plural))  # the same, for older programs
    for entry in catalog.proposals:
        for event in _events(entry, process, urls):
            result.add_component(event)
    if not result.subcomponents:
        result.add_component(_utc())
    data: bytes = result.to_ical(sorted=False)
    return data


def _events(entry: CatalogEntry, process: Process, urls: SiteUrls) -> Iterator[Component]:
    from icalendar import Event

    for role, day in _due_dates(entry, process):
        event = Event()
        # The id does not depend on the day: programs move an event whose day has changed.
        event.add("uid", stable_id(process.name, entry.number, role).removeprefix("urn:uuid:"))
        # The day of the last commit, not of the build: building twice changes nothing.
        event.add("dtstamp", _midnight(entry.changed or entry.created or day))
        event.add("dtstart", day)
        event.add("summary", _text(f"{process.label(entry.number, entry.title)}: {DUE[role]}"))
        if entry.abstract:
            event.add("description", _text(entry.abstract))
        if page := urls.page(entry.number):
            event.add("url", page)
        event.add("transp", "TRANSPARENT")  # the day is not marked as busy
        yield event


def _due_dates(entry: CatalogEntry, process: Process) -> Iterator[tuple[DueRole, datetime.date]]:
    """Return the due dates, except those that the status of the proposal forbids.

    A rejected proposal may still have a Review-By header; no one has to act on it.
    """
    for role in DUE:
        day: datetime.date | None = getattr(entry, role)
        header = process.header_for(role)
        if day and header and not any_applies(header.forbidden, entry.status, entry.type, ()):
            yield role, day


def _utc() -> Component:
    """Return a time zone, for a calendar without events.

    A calendar must have at least one component (RFC 5545, section 3.6).
    """
    from icalendar import Timezone, TimezoneStandard

    standard = TimezoneStandard()
    standard.add("dtstart", datetime.datetime(1970, 1, 1))
    standard.add("tzoffsetfrom", datetime.timedelta())
    standard.add("tzoffsetto", datetime.timedelta())
    zone = Timezone()
    zone.add("tzid", "Etc/UTC")
    zone.add_component(standard)
    return zone


def _midnight(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(), datetime.UTC)


def _text(text: str) -> str:
    """Return *text* without control characters. The library does not remove them."""
    return _CONTROL.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
