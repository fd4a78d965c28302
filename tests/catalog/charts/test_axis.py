"""Axes: ticks that fit, units, and ends."""

from __future__ import annotations

from datetime import date

import pytest

from fep_tools.catalog.charts.axis import day_ticks, MAX_TICKS, TimeAxis, YEAR


@pytest.mark.parametrize(
    ("first", "last", "label"),
    [
        (date(2020, 1, 10), date(2020, 4, 1), "2020-02"),
        (date(2020, 1, 10), date(2021, 9, 1), "2020-07"),
        (date(2010, 4, 23), date(2026, 11, 30), "2013"),
        (date(2000, 6, 1), date(2026, 1, 1), "2004"),
        (date(1, 1, 1), date(9999, 12, 31), "8000"),
    ],
)
def test_ticks_fit(first: date, last: date, label: str) -> None:
    axis = TimeAxis(first, last)
    assert 1 <= len(axis.ticks) <= MAX_TICKS or last.year == 9999
    assert label in [text for _x, text in axis.ticks]
    assert all(0 <= x <= 1 for x, _text in axis.ticks)
    *others, end = axis.ticks_until("now")
    assert end == (1, "now")
    assert all(x < 0.9 for x, _text in others)


def test_an_axis_of_one_day() -> None:
    axis = TimeAxis(date(2020, 1, 10), date(2020, 1, 10))
    assert axis.position(date(2020, 1, 10)) == 0
    assert axis.position(date(2021, 1, 1)) == 1
    assert axis.ticks_until("now") == [(1, "now")]


@pytest.mark.parametrize(
    ("longest", "end", "labels"),
    [
        (1, 1, ["0", "1 day"]),
        (9, 10, ["0", "2", "4", "6", "8", "10 days"]),
        (700, 800, ["0", "200", "400", "600", "800 days"]),
        (800, 3 * YEAR, ["0", "1", "2", "3 years"]),
        (4358, 15 * YEAR, ["0", "5", "10", "15 years"]),
    ],
)
def test_durations_are_in_days_or_years(longest: int, end: float, labels: list[str]) -> None:
    length, ticks = day_ticks(longest)
    assert length == end
    assert [label for _x, label in ticks] == labels
    assert (ticks[0][0], ticks[-1][0]) == (0, 1)
