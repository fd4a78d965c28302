"""The picture of the states: complete, readable without seeing it, no line behind a box."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise
from pathlib import Path
from xml.dom.minidom import Element, parseString
from xml.etree import ElementTree

import pytest

from fep_tools.catalog.charts import bars, statechart, stats
from fep_tools.catalog.charts.layout import arrange, Bend
from fep_tools.history.model import Event, Timeline
from fep_tools.history.stats import compute_statistics
from fep_tools.process.model import Process

ROOT = Path(__file__).parents[3]
PROCESSES = [
    ROOT / "fep" / "process.toml",
    *sorted((ROOT / "src" / "fep_tools" / "process" / "builtin").glob("*.toml")),
]


@pytest.fixture(params=PROCESSES, ids=lambda path: path.stem)
def any_process(request: pytest.FixtureRequest) -> Process:
    return Process.load(request.param)


def picture(process: Process) -> Element:
    root = parseString(statechart.svg(process)).documentElement
    assert root is not None
    return root


def test_every_status_has_a_box(any_process: Process) -> None:
    texts = picture(any_process).getElementsByTagName("text")
    names = {text.firstChild.nodeValue for text in texts if text.firstChild}
    assert names == {status.name for status in any_process.statuses}


def test_every_step_has_a_head(any_process: Process) -> None:
    paths = picture(any_process).getElementsByTagName("path")
    heads = sum(path.hasAttribute(f"marker-{end}") for path in paths for end in ("start", "end"))
    assert heads == len(statechart.edges(any_process))


def test_it_is_readable_without_seeing_it(any_process: Process) -> None:
    svg = picture(any_process)
    assert svg.getAttribute("role") == "img"
    title, description = svg.getAttribute("aria-labelledby").split()
    assert svg.getElementsByTagName("title")[0].getAttribute("id") == title
    assert svg.getElementsByTagName("desc")[0].getAttribute("id") == description
    for tail, head in statechart.edges(any_process):
        assert re.search(rf"From {re.escape(tail)} to [^.]*{re.escape(head)}", svg.toxml())


def test_lines_run_clear_of_boxes(any_process: Process) -> None:
    """A long line bends in every row that it skips, and a bend is clear of its neighbours."""
    steps = statechart.edges(any_process)
    layout = arrange([s.name for s in any_process.statuses], steps, 132, 34)
    for row in layout.rows:
        for left, right in pairwise(row):
            gap = layout.middles[right] - layout.middles[left]
            assert gap >= sum(17 if isinstance(knot, Bend) else 66 for knot in (left, right)) - 0.01
    for way in layout.ways.values():
        rows = [next(n for n, row in enumerate(layout.rows) if knot in row) for knot in way]
        assert {abs(a - b) for a, b in pairwise(rows)} == {1}


def test_names_of_strangers_are_text() -> None:
    text = PROCESSES[0].read_text("utf-8").replace('"Draft"', '"<script>&"')
    assert "<script>" not in statechart.svg(Process.parse(text))
    assert "&lt;script&gt;&amp;" in statechart.svg(Process.parse(text))


def test_circles_and_loops_are_laid_out() -> None:
    layout = arrange(["a", "b", "c", "d"], [("a", "b"), ("b", "a"), ("b", "b"), ("c", "a")], 10, 2)
    assert [{*row} for row in layout.rows] == [{"c", "d"}, {"a"}, {"b"}]
    assert layout.ways["b", "a"] == layout.ways["a", "b"][::-1]
    assert ("b", "b") not in layout.ways


def test_nothing_is_laid_out_as_nothing() -> None:
    assert arrange([], [], 10, 2).rows == ()


def test_bars_are_sound_and_inert() -> None:
    rows = [("<script>&", 3.0, "3"), ("b", 0.0, "?")]
    text = bars.svg('a "title"', [bars.Group("\x1b[31m", rows), bars.Group("none", [])])
    root = ElementTree.fromstring(text)
    assert root.attrib["role"] == "img"
    widths = [float(r.attrib["width"]) for r in root.iter("{http://www.w3.org/2000/svg}rect")]
    assert widths == [bars.BAR, 0]
    assert "<script>" not in text
    told = root.find("{http://www.w3.org/2000/svg}desc")
    assert told is not None
    assert "<script>& 3, b ?." in (told.text or "")


def test_statistics_are_drawn(process: Process) -> None:
    line = Timeline(7, "x", (Event("status", None, "Draft", date(2026, 1, 1)),))
    created = [(date(2026, 1, 1), "Process")]
    found = compute_statistics([line], created, process, date(2026, 2, 1))
    text = stats.statistics(found, "FEP")
    ElementTree.fromstring(text)
    for told in ("2026", "? (0 of 1)", "new to Draft", "FEP: 1 proposals"):
        assert told in text


def test_how_often_a_step_was_taken_stands_at_its_arrow(any_process: Process) -> None:
    steps = {edge: 100 + place for place, edge in enumerate(statechart.edges(any_process))}
    svg = statechart.svg(any_process, counts=steps)
    root = parseString(svg).documentElement
    assert root is not None
    texts = [t for t in root.getElementsByTagName("text") if t.getAttribute("class") == "fep-often"]
    assert sorted(str(t.firstChild.nodeValue) for t in texts if t.firstChild) == sorted(
        map(str, steps.values())
    )
    places = [(float(t.getAttribute("x")), t.getAttribute("y")) for t in texts]
    for at, (x, y) in enumerate(places):
        assert not [other for other, line in places[:at] if line == y and abs(other - x) < 20]
    tail, head = statechart.edges(any_process)[0]
    assert re.search(rf"From {tail} to [^.]*{head} \(100\)", svg)


def test_a_step_that_nobody_took_is_counted_too(any_process: Process) -> None:
    assert ">0</text>" in statechart.svg(any_process, counts={})
    assert "fep-often" not in statechart.svg(any_process)
