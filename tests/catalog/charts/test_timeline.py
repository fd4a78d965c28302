"""Timelines: every status is there, in its position, and in words."""

from __future__ import annotations

from datetime import date

import pytest

from fep_tools.catalog.charts import timeline
from fep_tools.catalog.charts.svg import PAGE_WIDTH
from fep_tools.catalog.charts.timeline import Axis, MAX_TICKS, TimelineRow
from fep_tools.catalog.model import Catalog, CatalogEntry, Interval
from fep_tools.process.model import Process
from fep_tools.process.schema import Stage

from .read_svg import assert_inside, description, HOSTILE, numbers, read, SVG, texts

INTERVALS = (
    Interval("Draft", "open", date(2011, 3, 18), date(2011, 6, 28)),
    Interval("Accepted", "agreed", date(2011, 6, 28), date(2011, 6, 29)),
    Interval("Superseded", "dead", date(2011, 6, 29)),
)


def test_lengths() -> None:
    lengths = [timeline.format_length(interval) for interval in INTERVALS]
    assert lengths == ["102 days", "1 day", "until now"]
    assert timeline.format_days(1234) == "1,234 days"


def test_starts() -> None:
    assert timeline.format_starts(INTERVALS[:2]) == "2011-03-18 Draft, 2011-06-28 Accepted"


def test_every_status_of_a_proposal_is_drawn_and_described() -> None:
    root = read(timeline.proposal_timeline("FEP 7", INTERVALS))
    bars = [numbers(bar, "x", "width") for bar in root.iter(f"{SVG}rect")]
    assert len(bars) == len(INTERVALS)
    assert bars[0][0] + bars[0][1] == pytest.approx(bars[1][0], abs=0.2)
    assert bars[1][1] >= 2  # one day, among months, and still visible
    assert {"Draft", "2011-03-18", "102 days", "1 day"} <= {*texts(root)}
    assert description(root) == (
        "Draft from 2011-03-18, 102 days; Accepted from 2011-06-28, 1 day; "
        "Superseded from 2011-06-29, until now."
    )


def test_later_stages_have_taller_bars() -> None:
    stages: tuple[Stage, ...] = ("dead", "waiting", "open", "agreed", "done")
    intervals = [Interval("S", stage, date(2011, 3, 18)) for stage in stages]
    root = read(timeline.proposal_timeline("FEP 7", intervals))
    heights = [numbers(bar, "height")[0] for bar in root.iter(f"{SVG}rect")]
    assert heights == sorted(set(heights))


def test_a_timeline_does_not_depend_on_the_day_of_the_build() -> None:
    assert f"{date.today():%Y}" not in timeline.proposal_timeline("FEP 7", INTERVALS)


def test_a_clock_that_went_backwards_gives_a_short_bar() -> None:
    start, end = date(2020, 1, 2), date(2020, 1, 1)
    intervals = (Interval("Draft", "open", start, end), Interval("Final", "done", end))
    root = read(timeline.proposal_timeline("FEP 7", intervals))
    assert numbers(next(root.iter(f"{SVG}rect")), "width") == [2]


def test_hostile_text_is_escaped_and_stays_inside() -> None:
    intervals = (
        Interval(HOSTILE, None, date(2020, 1, 1), date(2021, 1, 1)),
        Interval("x", None, date(2021, 1, 1)),
    )
    root = read(timeline.proposal_timeline(HOSTILE, intervals))
    assert_inside(root)
    assert any(text.endswith("…") for text in texts(root))
    rows = [TimelineRow("FEP 7", f"../{HOSTILE}/", intervals)]
    read(timeline.all_timelines(HOSTILE, rows, date(2022, 1, 1)))


def test_rows_are_the_proposals_with_a_history(process: Process) -> None:
    entries = (
        CatalogEntry(number=1, title="One", path="1.rst", intervals=INTERVALS),
        CatalogEntry(number=2, title="Two", path="2.rst"),
    )
    catalog = Catalog(tool="t", process="FEP", proposals=entries)
    rows = timeline.timeline_rows(catalog, process, lambda number: f"../{number}/")
    assert rows == [TimelineRow("FEP 1", "../1/", INTERVALS)]


def test_all_proposals_are_on_one_axis() -> None:
    rows = [TimelineRow("FEP 1", "../fep-0001/", INTERVALS), TimelineRow("FEP 2", None, ())]
    root = read(timeline.all_timelines("All", rows, date(2012, 1, 1)))
    assert {"FEP 1", "FEP 2", "2011-04", "accepted", "deferred"} <= {*texts(root)}
    assert [link.attrib["href"] for link in root.iter(f"{SVG}a")] == ["../fep-0001/"]
    bars = [bar for bar in root.iter(f"{SVG}rect") if float(bar.attrib["y"]) > 20]
    assert len(bars) == len(INTERVALS)
    x, width = numbers(bars[-1], "x", "width")
    assert x + width == pytest.approx(PAGE_WIDTH - 28, abs=0.2)


def test_the_axis_is_repeated_in_a_long_chart() -> None:
    rows = [TimelineRow(f"FEP {n}", None, INTERVALS) for n in range(timeline.BLOCK_ROWS + 1)]
    root = read(timeline.all_timelines("All", rows, date(2012, 1, 1)))
    assert texts(root).count("2011-04") == 2
    assert_inside(root)


def test_no_proposals_are_an_empty_chart() -> None:
    read(timeline.all_timelines("All", [], date(2012, 1, 1)))


@pytest.mark.parametrize(
    ("first", "last", "label"),
    [
        (date(2020, 1, 10), date(2020, 4, 1), "2020-02"),
        (date(2020, 1, 10), date(2021, 9, 1), "2020-04"),
        (date(2000, 6, 1), date(2026, 1, 1), "2005"),
        (date(1, 1, 1), date(9999, 12, 31), "8000"),
    ],
)
def test_ticks_fit(first: date, last: date, label: str) -> None:
    ticks = Axis(first, last, 0, 100).ticks
    assert len(ticks) <= MAX_TICKS or last.year - first.year > 1000
    assert label in [text for _day, text in ticks]
    assert all(first <= day <= last for day, _text in ticks)


def test_an_axis_of_one_day() -> None:
    axis = Axis(date(2020, 1, 10), date(2020, 1, 10), 0, 100)
    assert axis.position(date(2020, 1, 10)) == 0
    assert axis.position(date(2021, 1, 1)) == 100
    assert axis.ticks == []
