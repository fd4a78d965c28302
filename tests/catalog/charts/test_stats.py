"""Figures as pictures: the numbers of the statistics, and no others."""

from __future__ import annotations

from datetime import date, timedelta

from fep_tools.catalog.charts import columns, durations, stats
from fep_tools.history.stats import compute_statistics, Duration, DurationQuartiles
from fep_tools.process.model import Process

from .drawn import assert_inside, HOSTILE, numbers, read, SVG, texts


def test_years_without_proposals_have_a_place(process: Process) -> None:
    created = [(date(2020, 5, 1), "Process"), (date(2022, 5, 1), "Process")]
    created += [(date(2022, 6, 1), "Informational")]
    found = compute_statistics([], created, process, date(2023, 1, 1))
    root = read(stats.years(found, "FEP"))
    assert {"2020", "2021", "2022", "Process", "Informational"} <= {*texts(root)}
    told = "2020: 1 Process. 2021: . 2022: 1 Informational, 1 Process."
    assert (root[1].text or "") == told
    assert_inside(root)


def test_columns_add_up() -> None:
    root = read(columns.svg("By year", ["a", "b"], {"2020": [1, 3], "2021": [0, 2]}, "x"))
    bars = [bar for bar in root.iter(f"{SVG}rect") if bar.attrib["width"] != "12"]
    heights = [numbers(bar, "height")[0] for bar in bars]
    assert heights == [50, 150, 0, 100]
    assert {"4", "2"} <= {*texts(root)}


def test_many_years_have_short_names() -> None:
    root = read(columns.svg("By year", ["a"], {str(y): [1] for y in range(1990, 2030)}, "x"))
    assert "’90" in texts(root)
    assert_inside(root)


def test_ranges_of_days() -> None:
    over = DurationQuartiles.estimate([Duration(days, True) for days in (10, 20, 30, 40)])
    waiting = DurationQuartiles.estimate(
        [Duration(10, True), Duration(50, False), Duration(50, False)]
    )
    unknown = DurationQuartiles.estimate([Duration(5, False)])
    root = read(durations.svg("Days", {"Draft": over, "Review": waiting, HOSTILE: unknown}, "x"))
    assert {"20 days", "not yet known", "Draft"} <= {*texts(root)}
    ranges = [bar for bar in root.iter(f"{SVG}rect") if bar.attrib["class"] == "fep-range"]
    assert ["stroke-dasharray" in bar.attrib for bar in ranges] == [False, True]
    assert sum(bar.attrib["class"] == "fep-half" for bar in root.iter(f"{SVG}rect")) == 1
    told = "Draft: half after 20 days, 4 of 4 over. Review: half not yet over, 1 of 3 over."
    assert (root[1].text or "").startswith(told)
    assert_inside(root)


def test_days_have_a_row_for_the_decision(process: Process) -> None:
    found = compute_statistics([], [], process, date(2023, 1, 1) + timedelta(days=1))
    assert "First draft to decision" in texts(read(stats.days(found)))
    read(stats.years(found, "FEP"))
