"""Ids of feed entries: unique, and the same for ever."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from fep_tools.catalog.exports.feed_entries import feed_entries, FeedEntry, parse_number, stable_id
from fep_tools.catalog.model import CatalogEntry
from fep_tools.history.model import Event
from fep_tools.process.model import Process

DAY = date(2025, 3, 9)
DRAFT = Event("status", None, "Draft", DAY, "c0ffee", "Ada")
REVIEW = Event("status", "Draft", "Review", date(2025, 4, 1), "beef", "Ada")
NUMBERED = Event("number", "99", "11", DAY, "d1", "Ada")
DECLARED = Event("status", None, "Final", DAY, source="declared", link="https://example.org/1")


def entries_of(process: Process, *events: Event, **changed: Any) -> list[FeedEntry]:
    """Return the feed entries of a proposal in the order of its history."""
    values = {"number": 11, "title": "Blueprints", "path": "p", **changed}
    found = feed_entries([CatalogEntry(history=events, **values)], process)
    return sorted(found, key=lambda entry: entry.index)


def test_ids_are_pinned(process: Process) -> None:
    (entry,) = entries_of(process, DRAFT, number=99)
    assert entry.id == "urn:uuid:b841992f-90ff-5cab-95fb-de425ec8ead5"
    assert stable_id("FEP", 1, None) == stable_id("FEP", 1, None)


@pytest.mark.parametrize(
    ("events", "changed"),
    [
        pytest.param([DRAFT], {"title": "Other", "status": "Final"}, id="title and status"),
        pytest.param([replace(DRAFT, author="Grace")], {}, id="author"),
        pytest.param([replace(DRAFT, date=date(2020, 1, 1))], {}, id="date of a commit"),
        pytest.param([DRAFT, REVIEW], {}, id="later events"),
    ],
)
def test_an_id_stays_the_same(
    process: Process, events: list[Event], changed: dict[str, Any]
) -> None:
    (before,) = entries_of(process, DRAFT)
    assert entries_of(process, *events, **changed)[0].id == before.id


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(replace(DRAFT, commit="f00d"), id="commit"),
        pytest.param(replace(DRAFT, after="Review"), id="value"),
        pytest.param(replace(DRAFT, kind="title"), id="header"),
        pytest.param(replace(DRAFT, commit=None), id="declared"),
    ],
)
def test_another_event_has_another_id(process: Process, other: Event) -> None:
    assert entries_of(process, DRAFT)[0].id != entries_of(process, other)[0].id


def test_declared_events_are_told_apart_by_date_and_link(process: Process) -> None:
    events = (DECLARED, replace(DECLARED, date=date(2020, 1, 1)), replace(DECLARED, link=None))
    assert len({entry.id for entry in entries_of(process, *events)}) == 3


def test_the_same_change_twice_in_a_commit_has_two_ids(process: Process) -> None:
    first, second = entries_of(process, DRAFT, DRAFT)
    assert first.id == entries_of(process, DRAFT)[0].id
    assert second.id != first.id


def test_an_id_keeps_the_number_that_the_proposal_had(process: Process) -> None:
    (draft,) = entries_of(process, DRAFT, number=99)
    renumbered = entries_of(process, DRAFT, NUMBERED, REVIEW, number=11)
    assert renumbered[0].id == draft.id
    assert renumbered[2].id == entries_of(process, REVIEW, number=11)[0].id


def test_events_without_a_date_are_left_out(process: Process) -> None:
    assert entries_of(process, replace(DRAFT, date=None)) == []


def test_the_latest_event_comes_first(process: Process) -> None:
    proposals = [
        CatalogEntry(number=number, title="T", path="p", history=(DRAFT, REVIEW, REVIEW))
        for number in (7, 11)
    ]
    found = [(entry.entry.number, entry.index) for entry in feed_entries(proposals, process)]
    assert found == [(11, 2), (11, 1), (7, 2), (7, 1), (11, 0), (7, 0)]


@pytest.mark.parametrize(
    ("text", "number"),
    [("99", 99), ("0011", 11), ("XXX", None), ("12345678", None), ("", None), (None, None)],
)
def test_numbers(text: str | None, number: int | None) -> None:
    assert parse_number(text) == number
