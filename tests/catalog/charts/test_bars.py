"""The chart of all statistics, for ``fep stats --format svg``."""

from __future__ import annotations

from datetime import date

from fep_tools.catalog.charts import bars
from fep_tools.history.model import Event, Timeline
from fep_tools.history.stats import compute_statistics
from fep_tools.process.model import Process

from .read_svg import assert_inside, description, numbers, read, SVG, texts, title


def test_bars_share_a_scale() -> None:
    rows = [("<script>&", 3.0, "3"), ("b", 0.0, "?")]
    groups = [bars.BarGroup("\x1b[31m", rows), bars.BarGroup("none", [])]
    root = read(bars.bar_chart('a "title"', groups))
    assert root.attrib["role"] == "img"
    assert [numbers(bar, "width") for bar in root.iter(f"{SVG}rect")] == [[bars.BAR_WIDTH], [0]]
    assert "<script>& 3, b ?." in description(root)
    assert_inside(root)


def test_all_statistics_in_one_chart(process: Process) -> None:
    timeline = Timeline(7, "x", (Event("status", None, "Draft", date(2026, 1, 1)),))
    created = [(date(2026, 1, 1), "Process")]
    root = read(
        bars.statistics_chart(
            compute_statistics([timeline], created, process, date(2026, 2, 1)), "FEP"
        )
    )
    assert title(root) == "FEP: 1 proposal"
    assert {"2026", "new → Draft", "too little data (0 of 1)", "Status changes"} <= {*texts(root)}
    assert_inside(root)
