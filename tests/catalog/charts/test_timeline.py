"""Timelines: every status is there, in its position, and in words."""

from __future__ import annotations

from datetime import date, timedelta
from xml.etree import ElementTree

import pytest

from fep_tools.catalog.charts import timeline
from fep_tools.catalog.charts.axis import format_days
from fep_tools.catalog.history import Interval
from fep_tools.process.schema import Stage

from .read_svg import assert_inside, description, HOSTILE, numbers, read, shares, SVG, texts

TODAY = date(2012, 1, 1)

INTERVALS = (
    Interval("Draft", "open", date(2011, 3, 18), date(2011, 6, 28)),
    Interval("Accepted", "agreed", date(2011, 6, 28), date(2011, 6, 29)),
    Interval("Superseded", "dead", date(2011, 6, 29)),
)


def test_lengths() -> None:
    lengths = [timeline.format_length(interval) for interval in INTERVALS]
    assert lengths == ["102 days", "1 day", "until now"]
    assert format_days(1234) == "1,234 days"


def test_starts() -> None:
    assert timeline.format_starts(INTERVALS[:2]) == "2011-03-18 Draft, 2011-06-28 Accepted"


def test_every_status_of_a_proposal_is_drawn_and_described() -> None:
    root = read(timeline.proposal_timeline("FEP 7", INTERVALS, TODAY))
    bars = [shares(bar, "x", "width") for bar in root.iter(f"{SVG}rect")]
    assert len(bars) == len(INTERVALS)
    assert bars[0][0] + bars[0][1] == pytest.approx(bars[1][0], abs=0.02)
    assert all("stroke" in bar.attrib for bar in root.iter(f"{SVG}rect"))  # a day is visible
    assert {"Draft", "2011-03-18, 102 days", "2011-06-28, 1 day"} <= {*texts(root)}
    assert description(root) == (
        "Draft from 2011-03-18, 102 days; Accepted from 2011-06-28, 1 day; "
        "Superseded from 2011-06-29, until now."
    )
    assert_inside(root)


@pytest.mark.parametrize("age", [0, 1, 30, 400, 9000])
def test_the_current_status_lasts_until_today(age: int) -> None:
    """The axis ends today, or less than 1 % of it before, and is labelled."""
    start = date(2000, 1, 3)
    intervals = (Interval("Draft", "open", start, start), Interval("Final", "done", start))
    today = start + timedelta(days=age)
    axis = timeline.timeline_axis(intervals, today)
    assert start <= axis.last <= today
    assert (today - axis.last).days <= age / 100
    root = read(timeline.proposal_timeline("FEP 7", intervals, today))
    x, width = shares([*root.iter(f"{SVG}rect")][-1], "x", "width")
    assert x + width == pytest.approx(100, abs=0.02)
    assert width > 0.5
    assert "now" in texts(root)


def test_the_axis_of_a_long_timeline_does_not_change_every_day() -> None:
    start = date(2011, 3, 18)
    days = [date(2026, 1, 1) + timedelta(days=day) for day in range(160)]
    axes = {timeline.timeline_axis([Interval("Final", "done", start)], day) for day in days}
    assert len(axes) == 11


def test_events_after_today_are_on_the_axis() -> None:
    """Dates of commits may be wrong, and SOURCE_DATE_EPOCH may set any day."""
    axis = timeline.timeline_axis(INTERVALS, date(1990, 1, 1))
    assert (axis.first, axis.last) == (date(2011, 3, 18), date(2011, 6, 29))
    timeline.timeline_axis([], date.min)


def test_later_stages_have_taller_bars() -> None:
    stages: tuple[Stage, ...] = ("dead", "waiting", "open", "agreed", "done")
    intervals = [Interval("S", stage, date(2011, 3, 18)) for stage in stages]
    root = read(timeline.proposal_timeline("FEP 7", intervals, TODAY))
    heights = [numbers(bar, "height")[0] for bar in root.iter(f"{SVG}rect")]
    assert heights == sorted(set(heights))


def test_a_clock_that_went_backwards_gives_a_short_bar() -> None:
    start, end = date(2020, 1, 2), date(2020, 1, 1)
    intervals = (Interval("Draft", "open", start, end), Interval("Final", "done", end))
    root = read(timeline.proposal_timeline("FEP 7", intervals, date(2022, 1, 1)))
    assert shares(next(root.iter(f"{SVG}rect")), "width") == [0]


def test_hostile_text_is_escaped_and_stays_inside() -> None:
    intervals = (
        Interval(HOSTILE, None, date(2020, 1, 1), date(2021, 1, 1)),
        Interval("x", None, date(2021, 1, 1)),
    )
    root = read(timeline.proposal_timeline(HOSTILE, intervals, date(2022, 1, 1)))
    assert_inside(root)
    assert any(text.endswith("…") for text in texts(root))


def test_all_proposals_use_the_grid_of_one_axis() -> None:
    axis = timeline.timeline_axis(INTERVALS, TODAY)
    root = read(timeline.timelines_axis(axis, "All"))
    assert texts(root) == ["2011-04", "2011-07", "2011-10", "now"]
    assert description(root) == "From 2011-03-18 until 2012-01-01"
    row = ElementTree.fromstring(timeline.timeline_row(INTERVALS, axis))
    assert row.attrib["aria-hidden"] == "true"
    assert row.find("use").attrib["href"] == f"#{timeline.GRID}"  # type: ignore[union-attr]
    assert len([*row.iter("rect")]) == len(INTERVALS)
    assert any(part.attrib.get("id") == timeline.GRID for part in root.iter(f"{SVG}g"))


def test_a_proposal_that_began_today_is_seen() -> None:
    intervals = (Interval("Draft", "open", TODAY),)
    axis = timeline.timeline_axis([*INTERVALS, *intervals], TODAY)
    (bar,) = ElementTree.fromstring(timeline.timeline_row(intervals, axis)).iter("rect")
    assert shares(bar, "x", "width") == [99.4, 0.6]


def test_the_legend_has_the_stages_that_occur() -> None:
    legend = "".join(timeline.stage_legend(["done", "open", "done"]))
    assert "under discussion" in legend
    assert "final or active" in legend
    assert "deferred" not in legend
