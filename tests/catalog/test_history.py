"""The period of each status, from the events of a history."""

from __future__ import annotations

from datetime import date

import pytest

from fep_tools.catalog.history import find_intervals, Interval, public_text
from fep_tools.history.model import Event, Timeline
from fep_tools.process.model import Process

D1, D2, D3 = date(2011, 3, 18), date(2011, 6, 28), date(2011, 6, 29)


def status(after: str | None, day: date | None) -> Event:
    return Event("status", "before", after, day)


@pytest.mark.parametrize(
    ("events", "intervals"),
    [
        pytest.param([], [], id="none"),
        pytest.param([status("Draft", D1)], [Interval("Draft", "open", D1)], id="current"),
        pytest.param(
            [status("Draft", D1), Event("title", "a", "b", D2), status("Accepted", D3)],
            [Interval("Draft", "open", D1, D3), Interval("Accepted", "agreed", D3)],
            id="a status ends when the next begins",
        ),
        pytest.param(
            [status("Draft", D1), status("Review", None), status("Final", D3)],
            [Interval("Draft", "open", D1, D3), Interval("Final", "done", D3)],
            id="unknown date",
        ),
        pytest.param(
            [status("Odd", D1), status("Final", D2)],
            [Interval("Odd", None, D1, D2), Interval("Final", "done", D2)],
            id="unknown status",
        ),
        pytest.param(
            [status("Draft", D1), status(None, D2), status("Draft", D3)],
            [Interval("Draft", "open", D1, D3), Interval("Draft", "open", D3)],
            id="removed and added again",
        ),
    ],
)
def test_intervals(process: Process, events: list[Event], intervals: list[Interval]) -> None:
    timeline = Timeline(11, "proposals/0.rst", tuple(events))
    assert find_intervals(timeline, process) == tuple(intervals)


@pytest.mark.parametrize(
    ("end", "days"),
    [(D2, 102), (D1, 0), (date(2011, 3, 17), 0), (None, None)],
    ids=["later", "same day", "clock went backwards", "current"],
)
def test_days_of_an_interval(end: date | None, days: int | None) -> None:
    assert Interval("Draft", "open", D1, end).days == days


@pytest.mark.parametrize(
    ("text", "public"),
    [
        (None, None),
        ("\u202eAda\x1b <ada@example.org>", r"\u202eAda\x1b"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("A\ud800", r"A\ud800"),
    ],
)
def test_public_text(text: str | None, public: str | None) -> None:
    assert public_text(text) == public
