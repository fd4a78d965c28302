"""Days at the ends of the calendar, which proposals and variables of the environment may have."""

from __future__ import annotations

from datetime import date

import pytest

from fep_tools._clock import add_days


@pytest.mark.parametrize(
    ("day", "days", "expected"),
    [
        (date(2026, 2, 27), 2, date(2026, 3, 1)),
        (date(2026, 3, 1), -1, date(2026, 2, 28)),
        (date.max, 0, date.max),
        (date.max, 1, date.max),
        (date.min, -1, date.min),
        (date(2026, 1, 1), 10**12, date.max),
        (date(2026, 1, 1), -(10**12), date.min),
    ],
)
def test_days_are_added(day: date, days: int, expected: date) -> None:
    assert add_days(day, days) == expected
