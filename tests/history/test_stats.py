"""Statistics of timelines."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fep_tools.history.model import Event, Timeline
from fep_tools.history.stats import compute_statistics, Duration, DurationQuartiles, Statistics

from .repositories import PEP

TODAY = date(2026, 1, 1)


def line(*steps: tuple[str | None, int | None]) -> Timeline:
    """A timeline of statuses, each with the number of days before today, if that is known."""
    events = []
    before: str | None = None
    for status, ago in steps:
        day = TODAY - timedelta(ago) if ago is not None else None
        events.append(Event("status", before, status, day))
        before = status
    return Timeline(1, "1", (Event("title", None, "T", TODAY), *events))


def made(*lines: Timeline) -> Statistics:
    return compute_statistics(lines, [], PEP, TODAY)


# Quartiles -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "marks"),
    [
        ([], (None, None, None)),
        ([4], (4, 4, 4)),
        ([1, 2, 3, 4], (1, 2, 3)),
        ([0, 0, 0, 9], (0, 0, 0)),
        ([3, 1, 2], (1, 2, 3)),
    ],
)
def test_quartiles_of_durations_that_are_over(
    days: list[int], marks: tuple[int | None, int | None, int | None]
) -> None:
    found = DurationQuartiles.estimate([Duration(day, is_over=True) for day in days])
    assert (found.first, found.median, found.third) == marks
    assert (found.count, found.over) == (len(days), len(days))


def test_durations_that_go_on_are_censored() -> None:
    """The example of the method: of 6, 6, 6, 7, 10 those with a plus go on (6+, 10+)."""
    stays = [
        Duration(6, True),
        Duration(6, True),
        Duration(6, False),
        Duration(7, True),
        Duration(10, False),
    ]
    found = DurationQuartiles.estimate(stays)
    assert (found.first, found.median, found.third) == (6, 7, None)
    assert DurationQuartiles.estimate([Duration(5, False)]) == DurationQuartiles(
        1, 0, None, None, None
    )


def test_a_censored_duration_is_at_risk_on_its_last_day() -> None:
    """On the day on which another one ends it is still there."""
    found = DurationQuartiles.estimate([Duration(3, True), Duration(3, False), Duration(9, True)])
    assert found.first == 3
    assert found.median == 9


@given(st.lists(st.integers(0, 50), min_size=1))
def test_without_censored_ones_quartiles_are_plain_shares(days: list[int]) -> None:
    found = DurationQuartiles.estimate([Duration(day, is_over=True) for day in days])
    for share, mark in ((1, found.first), (2, found.median), (3, found.third)):
        over = sorted(days)
        assert mark == next(d for d in over if 4 * sum(o <= d for o in over) >= share * len(over))


@given(st.lists(st.builds(Duration, st.integers(0, 9), st.booleans()), max_size=12))
def test_quartiles_equal_the_textbook_formula(stays: list[Duration]) -> None:
    """The product, over every day on which one ends, of the share of those there that stay."""
    found = DurationQuartiles.estimate(stays)
    for limit, mark in ((0.75, found.first), (0.5, found.median), (0.25, found.third)):
        share = 1.0
        expected = None
        for day in range(10):
            there = sum(stay.days >= day for stay in stays)
            over = sum(stay.days == day and stay.is_over for stay in stays)
            share *= 1 - over / there if there else 1
            if expected is None and over and share <= limit + 1e-12:
                expected = day
        assert mark == expected


# Transitions -----------------------------------------------------------------------------------


def test_transitions_count_former_names_as_present_ones() -> None:
    found = made(
        line(("Draft", 9), ("Acepted", 8), ("Accepted", 7), ("Final", 6)),
        line(("Incomplete", 9), ("Draft", 8), ("Accepted", 7)),
        line(("", 9), ("Draft", 8), (None, 7)),
    )
    assert found.transitions == {
        (None, "Draft"): 2,
        ("Draft", "Accepted"): 2,
        ("Accepted", "Final"): 1,
        (None, ""): 1,
        ("", "Draft"): 1,
        ("Draft", None): 1,
    }
    assert found.proposals == 3


def test_years_without_types() -> None:
    created = [(date(2001, 5, 1), None), (None, None), (date(2001, 1, 1), None)]
    untyped = PEP.model_copy(update={"types": ()})
    found = compute_statistics([], created, untyped, TODAY)
    assert found.created_per_year == {(2001, ""): 2}
    assert compute_statistics([], created, PEP, TODAY).created_per_year == {}


def test_years_and_types() -> None:
    created = [
        (date(2001, 5, 1), "Process"),
        (date(2000, 1, 1), "Process"),
        (date(2001, 1, 1), "Process"),
    ]
    found = compute_statistics([], created, PEP, TODAY, complete=False)
    assert list(found.created_per_year.items()) == [((2000, "Process"), 1), ((2001, "Process"), 2)]
    assert not found.complete
    assert found.durations == {}
    assert found.time_to_decision == DurationQuartiles(0, 0, None, None, None)


# How long --------------------------------------------------------------------------------------


def stays(*steps: tuple[str | None, int | None]) -> dict[str, tuple[int | None, int, int]]:
    """The median, and how many of how many are over, by status."""
    found = made(line(*steps)).durations
    return {status: (stay.median, stay.over, stay.count) for status, stay in found.items()}


def test_the_last_status_goes_on() -> None:
    assert stays(("Draft", 100), ("Accepted", 60)) == {
        "Draft": (40, 1, 1),
        "Accepted": (None, 0, 1),
    }


def test_a_former_name_is_the_same_status() -> None:
    assert stays(("Draft", 100), ("Acepted", 60), ("Accepted", 50), ("Final", 10)) == {
        "Draft": (40, 1, 1),
        "Accepted": (50, 1, 1),
        "Final": (None, 0, 1),
    }


def test_unknown_statuses_have_no_duration() -> None:
    assert stays(("", 100), ("Frozen", 60), ("Draft", 10)) == {"Draft": (None, 0, 1)}


def test_backward_clocks_give_zero_days() -> None:
    assert stays(("Draft", 10), ("Final", 60)) == {"Draft": (0, 1, 1), "Final": (None, 0, 1)}


def test_durations_without_a_date_are_left_out() -> None:
    assert stays(("Draft", 100), ("Accepted", None), ("Final", 10)) == {"Final": (None, 0, 1)}


def test_a_status_twice_on_one_day() -> None:
    assert stays(("Draft", 10), ("Final", 10), ("Draft", 10)) == {
        "Draft": (0, 1, 2),
        "Final": (0, 1, 1),
    }


def test_a_removed_file_ends_its_status() -> None:
    assert stays(("Draft", 10), (None, 4)) == {"Draft": (6, 1, 1)}


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ([("Draft", 100), ("Deferred", 90), ("Accepted", 60), ("Final", 10)], Duration(40, True)),
        ([("Incomplete", 100), ("Draft", 90), ("Rejected", 60)], Duration(40, True)),
        ([("Draft", 100)], Duration(100, False)),
        ([("Draft", 100), ("Deferred", 90)], Duration(100, False)),
        ([("Draft", 100), ("Withdrawn", 70)], Duration(30, False)),
        ([("Draft", 100), ("Withdrawn", 70), ("Draft", 60), ("Accepted", 50)], Duration(50, True)),
        ([("Draft", 100), (None, 70)], Duration(30, False)),
        ([("Deferred", 100), ("Draft", 70), ("Final", 50)], Duration(20, True)),
        ([("Draft", None), ("Final", 50)], None),
        ([("Draft", 100), ("Final", None)], None),
        ([("Active", 100)], None),
        ([], None),
    ],
)
def test_time_to_decision(
    steps: list[tuple[str | None, int | None]], expected: Duration | None
) -> None:
    """What was given up waited for one at least so long."""
    assert made(line(*steps)).time_to_decision == DurationQuartiles.estimate(
        [expected] if expected else []
    )
