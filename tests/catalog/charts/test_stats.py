"""Charts of statistics show the numbers of the statistics."""

from __future__ import annotations

from datetime import date, timedelta

from fep_tools.catalog.charts import stats
from fep_tools.history.model import Event, Timeline
from fep_tools.history.stats import compute_statistics, Duration, DurationQuartiles
from fep_tools.process.model import Process

from .read_svg import assert_inside, description, HOSTILE, numbers, read, SVG, texts, title


def test_bars_share_a_scale() -> None:
    bars = [("<script>&", 3.0, "3"), ("b", 0.0, "?")]
    groups = [stats.BarGroup("\x1b[31m", bars), stats.BarGroup("none", [])]
    root = read(stats.bar_chart('a "title"', groups))
    assert root.attrib["role"] == "img"
    assert [numbers(bar, "width") for bar in root.iter(f"{SVG}rect")] == [[stats.BAR_WIDTH], [0]]
    assert "<script>& 3, b ?." in description(root)
    assert_inside(root)


def test_all_statistics_in_one_chart(process: Process) -> None:
    timeline = Timeline(7, "x", (Event("status", None, "Draft", date(2026, 1, 1)),))
    created = [(date(2026, 1, 1), "Process")]
    root = read(
        stats.statistics_chart(
            compute_statistics([timeline], created, process, date(2026, 2, 1)), "FEP"
        )
    )
    assert title(root) == "FEP: 1 proposal"
    assert {"2026", "new → Draft", "too little data (0 of 1)", "Status changes"} <= {*texts(root)}
    assert_inside(root)


def test_years_without_proposals_have_a_column(process: Process) -> None:
    created = [(date(2020, 5, 1), "Process"), (date(2022, 5, 1), "Process")]
    created += [(date(2022, 6, 1), "Informational")]
    root = read(
        stats.years_chart(compute_statistics([], created, process, date(2023, 1, 1)), "FEP")
    )
    assert {"2020", "2021", "2022", "Process", "Informational"} <= {*texts(root)}
    assert description(root) == "2020: 1 Process. 2021: . 2022: 1 Informational, 1 Process."
    assert_inside(root)


def test_a_column_without_types_has_no_legend(process: Process) -> None:
    untyped = process.model_copy(update={"types": ()})
    created = [(date(2020, 5, 1), None), (date(2020, 6, 1), None)]
    root = read(
        stats.years_chart(compute_statistics([], created, untyped, date(2023, 1, 1)), "FEP")
    )
    assert description(root) == "2020: 2."
    assert "" not in texts(root)


def test_the_parts_of_a_column_add_up() -> None:
    root = read(stats.column_chart("By year", ["a", "b"], {"2020": [1, 3], "2021": [0, 2]}))
    parts = [part for part in root.iter(f"{SVG}rect") if part.attrib["width"] != "12"]
    assert [numbers(part, "height")[0] for part in parts] == [50, 150, 0, 100]
    assert {"4", "2"} <= {*texts(root)}


def test_many_years_have_short_labels() -> None:
    years = {str(year): [1] for year in range(1990, 2030)}
    root = read(stats.column_chart("By year", ["a"], years))
    assert "’90" in texts(root)
    assert_inside(root)


def test_quartiles() -> None:
    ended = DurationQuartiles.estimate([Duration(days, True) for days in (10, 20, 30, 40)])
    open_ended = DurationQuartiles.estimate(
        [Duration(10, True), Duration(50, False), Duration(50, False)]
    )
    unknown = DurationQuartiles.estimate([Duration(5, False)])
    rows = {"Draft": ended, "Review": open_ended, HOSTILE: unknown}
    root = read(stats.duration_chart("Days", rows))
    assert {"20 days", "too little data", "Draft"} <= {*texts(root)}
    shapes = [(part.attrib["class"], part) for part in root.iter(f"{SVG}rect")]
    ranges = [part for name, part in shapes if name == "fep-range"]
    assert ["stroke-dasharray" in part.attrib for part in ranges] == [False, True]
    assert [name for name, _part in shapes].count("fep-median") == 1
    assert description(root).startswith(
        "Draft: median 20 days, 4 of 4 completed. "
        "Review: too little data for a median, 1 of 3 completed."
    )
    assert_inside(root)


def test_the_decision_has_a_row(process: Process) -> None:
    found = compute_statistics([], [], process, date(2023, 1, 1) + timedelta(days=1))
    assert "First draft to decision" in texts(read(stats.days_chart(found)))


def test_no_proposals_are_an_empty_chart(process: Process) -> None:
    read(stats.years_chart(compute_statistics([], [], process, date(2023, 1, 1)), "FEP"))
