"""The calendar, read again by a reader of calendars."""

from __future__ import annotations

from datetime import date, datetime, UTC
from typing import Any

import icalendar

from fep_tools.catalog.exports import ical
from fep_tools.catalog.model import Catalog, CatalogEntry
from fep_tools.catalog.urls import SiteUrls
from fep_tools.process.model import Process

HOSTILE = "a;b,c\\n\r\nEND:VEVENT\nBEGIN:VALARM\x00\x1b\u2028\ud800" + "é€😀" * 40
ADDRESSES = SiteUrls("https://example.org/", {11: "fep-0011/"})
REVIEW: dict[str, Any] = {
    "number": 11,
    "title": "Blueprints",
    "status": "Review",
    "type": "Process",
    "path": "p",
    "review_until": date(2025, 4, 1),
    "changed": date(2025, 3, 9),
}


def made(process: Process, addresses: SiteUrls = ADDRESSES, **changed: Any) -> bytes:
    entry = CatalogEntry(**{**REVIEW, **changed})
    catalog = Catalog(tool="t", process="FEP", proposals=(entry,))
    return ical.calendar(catalog, process, addresses)


def events(data: bytes) -> list[Any]:
    read = icalendar.Calendar.from_ical(data)
    assert not read.errors
    found = read.walk("VEVENT")
    assert all(not event.errors for event in found)
    return list(found)


def test_the_end_of_a_review(process: Process) -> None:
    (event,) = events(made(process, abstract="What."))
    assert event["summary"] == "FEP 11: Blueprints: the review ends"
    assert event["dtstart"].dt == date(2025, 4, 1)
    assert event["dtstamp"].dt == datetime(2025, 3, 9, tzinfo=UTC)
    assert event["description"] == "What."
    assert event["url"] == "https://example.org/fep-0011/"


def test_a_day_that_moves_is_still_the_same(process: Process) -> None:
    (first,) = events(made(process))
    (later,) = events(made(process, SiteUrls(), title="Other", review_until=date(2025, 5, 1)))
    assert first["uid"] == later["uid"]
    (active,) = events(made(process, status="Active", review_by=date(2026, 4, 1)))
    assert active["uid"] != first["uid"]
    assert "url" not in later


def test_only_days_that_its_status_lets_it_have(process: Process) -> None:
    assert events(made(process, status="Rejected", review_by=date(2026, 4, 1))) == []
    (active,) = events(made(process, status="Active", review_by=date(2026, 4, 1)))
    assert active["summary"] == "FEP 11: Blueprints: to be reviewed"


def test_a_calendar_of_nothing_is_a_calendar(process: Process) -> None:
    data = made(process, review_until=None)
    assert events(data) == []
    assert icalendar.Calendar.from_ical(data).subcomponents


def test_a_community_without_such_days_has_no_calendar(process: Process) -> None:
    catalog = Catalog(tool="t", process="FEP")
    headers = tuple(h for h in process.headers if h.role not in ical.DUE)
    plain = process.model_copy(update={"headers": headers})
    plain.__dict__.pop("_by_role", None)
    assert ical.files(catalog, plain, ADDRESSES) == {}
    assert list(ical.files(catalog, process, ADDRESSES)) == ["calendar.ics"]


def test_the_text_of_strangers_is_text(process: Process) -> None:
    data = made(process, title=HOSTILE, abstract=HOSTILE)
    lines = data.split(b"\r\n")
    assert lines.pop() == b""
    assert max(map(len, lines)) <= 75
    assert all(line.decode().isprintable() for line in lines)
    (event,) = events(data)
    assert list(event.subcomponents) == []
    assert event["description"].startswith("a;b,c\\n\nEND:VEVENT\nBEGIN:VALARM")
    assert event["description"].endswith("é€😀")


def test_early_years_have_four_digits(process: Process) -> None:
    (event,) = events(made(process, review_until=date(33, 4, 3), changed=date(33, 1, 1)))
    assert event["dtstart"].dt == date(33, 4, 3)
