"""Timelines as pictures: every status is there, in its place, and in words."""

from __future__ import annotations

from datetime import date

import pytest

from fep_tools.catalog.charts import timeline
from fep_tools.catalog.charts.axis import Axis, MOST
from fep_tools.catalog.model import Interval

from .drawn import assert_inside, HOSTILE, numbers, read, SVG, texts

STAYS = (
    Interval("Draft", "open", date(2011, 3, 18), date(2011, 6, 28)),
    Interval("Accepted", "agreed", date(2011, 6, 28), date(2011, 6, 29)),
    Interval("Superseded", "dead", date(2011, 6, 29)),
)


def test_a_clock_that_went_backwards_gives_a_short_bar() -> None:
    start, end = date(2020, 1, 2), date(2020, 1, 1)
    found = (Interval("Draft", "open", start, end), Interval("Final", "done", end))
    read(timeline.one("FEP 7", found))


def test_every_step_of_a_proposal_is_drawn_and_told() -> None:
    root = read(timeline.one("FEP 7", STAYS))
    bars = [numbers(bar, "x", "width") for bar in root.iter(f"{SVG}rect")]
    assert len(bars) == len(STAYS)
    assert bars[0][0] + bars[0][1] == pytest.approx(bars[1][0], abs=0.2)
    assert bars[1][1] >= 2  # a day among months, and still to be seen
    assert {"Draft", "2011-03-18", "102 days", "1 day"} <= {*texts(root)}
    told = root[1].text or ""
    assert told.startswith("Draft from 2011-03-18, 102 days; Accepted from 2011-06-28, 1 day;")


def test_what_lasts_still_does_not_hang_on_the_day_of_the_build() -> None:
    """Else every page would be another one each day."""
    assert timeline.one("FEP 7", STAYS) == timeline.one("FEP 7", STAYS)
    assert f"{date.today():%Y}" not in timeline.one("FEP 7", STAYS)


def test_names_of_strangers_stay_text_and_in_place() -> None:
    found = (
        Interval(HOSTILE, None, date(2020, 1, 1), date(2021, 1, 1)),
        Interval("x", None, date(2021, 1, 1)),
    )
    root = read(timeline.one(HOSTILE, found))
    assert_inside(root)
    assert any(text.endswith("…") for text in texts(root))
    rows = [timeline.Row("FEP 7", HOSTILE, f"../{HOSTILE}/", found)]
    read(timeline.every(HOSTILE, rows, date(2022, 1, 1)))


def test_all_proposals_are_on_one_axis() -> None:
    rows = [
        timeline.Row("FEP 1", "One", "../fep-0001/", STAYS),
        timeline.Row("FEP 2", "Two", None, ()),
    ]
    root = read(timeline.every("All", rows, date(2012, 1, 1)))
    assert {"FEP 1", "FEP 2", "2011-04", "given up or replaced"} <= {*texts(root)}
    assert [link.attrib["href"] for link in root.iter(f"{SVG}a")] == ["../fep-0001/"]
    bars = [bar for bar in root.iter(f"{SVG}rect") if float(bar.attrib["y"]) > 20]
    assert len(bars) == len(STAYS)
    x, wide = numbers(bars[-1], "x", "width")
    assert x + wide == pytest.approx(timeline.WIDTH - 28, abs=0.2)


def test_the_axis_is_named_again_in_a_long_picture() -> None:
    rows = [timeline.Row(f"FEP {n}", "", None, STAYS) for n in range(timeline.BLOCK + 1)]
    root = read(timeline.every("All", rows, date(2012, 1, 1)))
    assert texts(root).count("2011-04") == 2
    assert_inside(root)


def test_no_proposals_are_no_trouble() -> None:
    read(timeline.every("All", [], date(2012, 1, 1)))


@pytest.mark.parametrize(
    ("first", "last", "name"),
    [
        (date(2020, 1, 10), date(2020, 4, 1), "2020-02"),
        (date(2020, 1, 10), date(2021, 9, 1), "2020-04"),
        (date(2000, 6, 1), date(2026, 1, 1), "2005"),
        (date(1, 1, 1), date(9999, 12, 31), "8000"),
    ],
)
def test_an_axis_has_marks_that_fit(first: date, last: date, name: str) -> None:
    marks = Axis(first, last, 0, 100).marks
    assert len(marks) <= MOST or last.year - first.year > 1000
    assert name in [told for _day, told in marks]
    assert all(first <= day <= last for day, _told in marks)


def test_an_axis_of_a_day() -> None:
    axis = Axis(date(2020, 1, 10), date(2020, 1, 10), 0, 100)
    assert axis.place(date(2020, 1, 10)) == 0
    assert axis.place(date(2021, 1, 1)) == 100
    assert axis.marks == []
