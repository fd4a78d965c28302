"""The calendar, read back by a library."""

from __future__ import annotations

from datetime import date, datetime, UTC
from typing import Any

import icalendar
import pytest

from fep_tools.catalog.exports import ical
from fep_tools.catalog.model import Catalog, CatalogEntry
from fep_tools.catalog.urls import SiteUrls
from fep_tools.process.model import Process

HOSTILE = "a;b,c\\n\r\nEND:VEVENT\nBEGIN:VALARM\x00\x1b\u2028\ud800" + "é€😀" * 40
URLS = SiteUrls("https://example.org/", {11: "fep-0011/"})
REVIEW: dict[str, Any] = {
    "number": 11,
    "title": "Blueprints",
    "status": "Review",
    "type": "Process",
    "path": "p",
    "review_until": date(2025, 4, 1),
    "changed": date(2025, 3, 9),
}


def calendar_of(process: Process, urls: SiteUrls = URLS, **changed: Any) -> bytes:
    entry = CatalogEntry(**{**REVIEW, **changed})
    return ical.calendar(Catalog(tool="t", process="FEP", proposals=(entry,)), process, urls)


def events(data: bytes) -> list[Any]:
    calendar = icalendar.Calendar.from_ical(data)
    assert not calendar.errors
    found = calendar.walk("VEVENT")
    assert all(not event.errors for event in found)
    return list(found)


def test_the_end_of_a_review(process: Process) -> None:
    (event,) = events(calendar_of(process, abstract="What."))
    assert event["uid"] == "2fd80878-5d86-55a6-b819-7d3d184177ec"
    assert event["summary"] == "FEP 11: Blueprints: the review ends"
    assert event["dtstart"].dt == date(2025, 4, 1)
    assert event["dtstamp"].dt == datetime(2025, 3, 9, tzinfo=UTC)
    assert event["description"] == "What."
    assert event["url"] == "https://example.org/fep-0011/"
    assert event["transp"] == "TRANSPARENT"


def test_properties_and_their_order(process: Process) -> None:
    lines = calendar_of(process).decode().split("\r\n")
    assert [line.partition(":")[0] for line in lines] == [
        "BEGIN", "VERSION", "PRODID", "NAME", "X-WR-CALNAME",
        "BEGIN", "UID", "DTSTAMP", "DTSTART;VALUE=DATE", "SUMMARY", "URL", "TRANSP", "END",
        "END", "",
    ]  # fmt: skip


def test_the_calendar_does_not_depend_on_the_build(process: Process) -> None:
    assert calendar_of(process) == calendar_of(process)


def test_an_id_does_not_depend_on_the_date(process: Process) -> None:
    (first,) = events(calendar_of(process))
    changed = {"title": "Other", "review_until": date(2025, 5, 1)}
    (later,) = events(calendar_of(process, SiteUrls(), **changed))
    assert first["uid"] == later["uid"]
    assert "url" not in later
    (active,) = events(calendar_of(process, status="Active", review_by=date(2026, 4, 1)))
    assert active["uid"] != first["uid"]


@pytest.mark.parametrize(
    ("status", "summaries"),
    [
        ("Review", ["FEP 11: Blueprints: the review ends"]),
        ("Active", ["FEP 11: Blueprints: due for review"]),
        ("Rejected", []),
    ],
)
def test_dates_that_the_status_forbids_are_left_out(
    process: Process, status: str, summaries: list[str]
) -> None:
    data = calendar_of(process, status=status, review_by=date(2026, 4, 1))
    assert [event["summary"] for event in events(data)] == summaries


def test_a_calendar_without_events_is_valid(process: Process) -> None:
    data = calendar_of(process, review_until=None)
    assert events(data) == []
    assert icalendar.Calendar.from_ical(data).subcomponents


def test_a_process_without_due_dates_has_no_calendar(process: Process) -> None:
    catalog = Catalog(tool="t", process="FEP")
    headers = tuple(header for header in process.headers if header.role not in ical.DUE)
    without = process.model_copy(update={"headers": headers})
    without.__dict__.pop("_by_role", None)
    assert ical.files(catalog, without, URLS) == {}
    assert list(ical.files(catalog, process, URLS)) == ["calendar.ics"]


def test_hostile_text_stays_text(process: Process) -> None:
    data = calendar_of(process, title=HOSTILE, abstract=HOSTILE)
    lines = data.split(b"\r\n")
    assert lines.pop() == b""
    assert max(map(len, lines)) <= 75
    assert all(line.decode().isprintable() for line in lines)
    (event,) = events(data)
    assert list(event.subcomponents) == []
    assert event["description"].startswith("a;b,c\\n\nEND:VEVENT\nBEGIN:VALARM")
    assert event["description"].endswith("é€😀")


def test_early_years_have_four_digits(process: Process) -> None:
    data = calendar_of(process, review_until=date(33, 4, 3), changed=date(33, 1, 1))
    (event,) = events(data)
    assert event["dtstart"].dt == date(33, 4, 3)
