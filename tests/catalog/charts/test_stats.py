"""Charts of statistics show the numbers of the statistics."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from fep_tools.catalog.charts import stats
from fep_tools.history.stats import compute_statistics, Duration, DurationQuartiles
from fep_tools.process.model import Process

from .read_svg import assert_inside, description, HOSTILE, numbers, read, shares, SVG, texts


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
    unit = stats.COLUMN_HEIGHT / 4
    assert [numbers(part, "height")[0] for part in parts] == [unit, 3 * unit, 0, 2 * unit]


def test_the_vertical_axis_has_round_counts_and_a_unit() -> None:
    root = read(stats.column_chart("By year", ["a"], {"2020": [17], "2021": [3]}))
    marks = [t.text for t in root.iter(f"{SVG}text") if t.attrib.get("class") == "fep-mark"]
    assert marks == ["0", "5", "10", "15", "20 proposals", "2020", "2021"]


def test_of_many_years_only_some_are_named() -> None:
    years = {str(year): [1] for year in range(1990, 2030)}
    root = read(stats.column_chart("By year", ["a"], years))
    named = [text for text in texts(root) if text in years]
    assert len(named) <= stats.MAX_YEARS
    assert named[-1] == "2029"
    assert len([rect for rect in root.iter(f"{SVG}rect") if "%" in rect.attrib["x"]]) == 40
    assert_inside(root)


def test_quartiles() -> None:
    ended = DurationQuartiles.estimate([Duration(days, True) for days in (10, 20, 30, 40)])
    open_ended = DurationQuartiles.estimate(
        [Duration(10, True), Duration(50, False), Duration(50, False)]
    )
    unknown = DurationQuartiles.estimate([Duration(5, False)])
    rows = {"Draft": ended, "Review": open_ended, HOSTILE: unknown}
    root = read(stats.duration_chart("Days", rows))
    assert {"median 20 days", "too little data", "Draft", "0", "30 days"} <= {*texts(root)}
    shapes = [(part.attrib["class"], part) for part in root.iter(f"{SVG}rect")]
    ranges = [part for name, part in shapes if name == "fep-range"]
    assert ["stroke-dasharray" in part.attrib for part in ranges] == [False, True]
    assert [shares(part, "x", "width") for part in ranges] == [[33.33, 66.67]] * 2
    (median,) = [x for x in root.iter(f"{SVG}line") if x.attrib.get("class") == "fep-median"]
    assert shares(median, "x1") == [66.67]
    assert description(root).startswith(
        "Draft: median 20 days, 4 of 4 completed. "
        "Review: too little data for a median, 1 of 3 completed."
    )
    assert_inside(root)


def test_the_decision_has_a_row(process: Process) -> None:
    found = compute_statistics([], [], process, date(2023, 1, 1) + timedelta(days=1))
    found = replace(found, time_to_decision=DurationQuartiles.estimate([Duration(3, True)]))
    assert "First draft to decision" in texts(read(stats.days_chart(found)))


def test_no_proposals_are_an_empty_chart(process: Process) -> None:
    read(stats.years_chart(compute_statistics([], [], process, date(2023, 1, 1)), "FEP"))
