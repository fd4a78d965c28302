"""The statechart: complete, readable without seeing it, no line behind a box."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest

from fep_tools.catalog.charts.layout import arrange, Waypoint
from fep_tools.catalog.charts.statechart import (
    drawn_transitions,
    made_chart,
    MadeEdge,
    MAX_MADE,
    most_frequent,
    statechart,
)
from fep_tools.catalog.charts.svg import PAGE_WIDTH
from fep_tools.process.loader import load_process, parse_process
from fep_tools.process.model import Process

from .read_svg import description, numbers, read, SVG, texts, title

ROOT = Path(__file__).parents[3]
PROCESSES = [
    ROOT / "fep" / "process.toml",
    *sorted((ROOT / "src" / "fep_tools" / "process" / "builtin").glob("*.toml")),
]


@pytest.fixture(params=PROCESSES, ids=lambda path: path.stem)
def any_process(request: pytest.FixtureRequest) -> Process:
    return load_process(request.param)


def counts(root: Element) -> list[Element]:
    return [part for part in root.iter(f"{SVG}text") if part.attrib.get("class") == "fep-count"]


def test_every_status_has_a_box(any_process: Process) -> None:
    names = {status.name for status in any_process.statuses}
    assert {*texts(read(statechart(any_process)))} == names


def test_every_transition_has_an_arrowhead(any_process: Process) -> None:
    paths = read(statechart(any_process)).iter(f"{SVG}path")
    heads = [name for path in paths for name in path.attrib if name.startswith("marker-")]
    assert len(heads) == len(drawn_transitions(any_process))


def test_the_description_names_every_transition(any_process: Process) -> None:
    root = read(statechart(any_process))
    assert root.attrib["role"] == "img"
    assert title(root) == f"Status transitions of a {any_process.acronym}"
    for source, target in drawn_transitions(any_process):
        pattern = rf"From {re.escape(source)} to [^.]*{re.escape(target)}"
        assert re.search(pattern, description(root))


def test_the_description_names_final_statuses(process: Process) -> None:
    assert description(read(statechart(process))).endswith(
        "No transition from Rejected, Withdrawn or Superseded."
    )


def test_lines_pass_beside_boxes(any_process: Process) -> None:
    """A long line has a waypoint in each row that it skips, clear of its neighbors."""
    names = [status.name for status in any_process.statuses]
    layout = arrange(names, drawn_transitions(any_process), 132, 34)
    for row in layout.rows:
        for left, right in pairwise(row):
            distance = layout.centers[right] - layout.centers[left]
            halves = [17 if isinstance(node, Waypoint) else 66 for node in (left, right)]
            assert distance >= sum(halves) - 0.01
    for path in layout.paths.values():
        rows = [next(i for i, row in enumerate(layout.rows) if node in row) for node in path]
        assert {abs(upper - lower) for upper, lower in pairwise(rows)} == {1}


def test_status_names_are_escaped() -> None:
    text = PROCESSES[0].read_text("utf-8").replace('"Draft"', '"<script>&"')
    svg = statechart(parse_process(text))
    assert "<script>" not in svg
    assert "&lt;script&gt;&amp;" in svg


MADE: dict[MadeEdge, int] = {
    (None, "Draft"): 40,
    ("Draft", "Accepted"): 10,
    ("Accepted", "Draft"): 2,
    ("Draft", "Review"): 5,
    ("Odd", "Final"): 3,
    ("Draft", None): 1,
    ("", "Draft"): 1,
}


def arrowheads(root: Element) -> int:
    names = [name for path in root.iter(f"{SVG}path") for name in path.attrib]
    return len([name for name in names if name.startswith("marker-")])


def test_every_transition_that_was_made_is_drawn_with_its_count(process: Process) -> None:
    root = read(made_chart(process, MADE))
    assert arrowheads(root) == len(MADE)
    assert sorted(part.text or "" for part in counts(root)) == sorted(map(str, MADE.values()))
    names = {"New", "Draft", "Accepted", "Review", "Odd", "Final", "Removed", "(empty)"}
    assert names == {*texts(root)} - {*map(str, MADE.values())}
    assert "From New to Draft (40)." in description(root)
    assert "From Draft to Accepted (10), Review (5) or Removed (1)." in description(root)


def test_lines_are_wider_the_more_often_and_dashed_if_not_allowed_to_all(process: Process) -> None:
    made: dict[MadeEdge, int] = {
        (None, "Draft"): 90,
        ("Draft", "Review"): 10,
        ("Draft", "Final"): 1,
    }
    lines = [p for p in read(made_chart(process, made)).iter(f"{SVG}path") if len(p.attrib) > 3]
    widths = [float(line.attrib["stroke-width"]) for line in lines]
    assert widths == sorted(widths, reverse=True)
    assert ["stroke-dasharray" in line.attrib for line in lines] == [False, False, True]


def test_of_many_transitions_the_most_frequent_are_drawn(process: Process) -> None:
    names = [f"S{index}" for index in range(8)]
    made: dict[MadeEdge, int] = {(a, b): 1 + names.index(a) for a in names for b in names if a != b}
    root = read(made_chart(process, made))
    assert arrowheads(root) == MAX_MADE == len(most_frequent(made))
    assert min(most_frequent(made).values()) == 6


def test_counts_do_not_cover_each_other(process: Process) -> None:
    root = read(made_chart(process, {edge: 1000 * count for edge, count in MADE.items()}))
    positions = [tuple(numbers(part, "x", "y")) for part in counts(root)]
    for index, (x, y) in enumerate(positions):
        near = [other_x for other_x, other_y in positions[:index] if other_y == y]
        assert all(abs(other_x - x) >= 20 for other_x in near)


def test_a_chart_is_no_wider_than_the_text(any_process: Process) -> None:
    for svg in (statechart(any_process), made_chart(any_process, MADE)):
        assert float(read(svg).attrib["width"]) <= PAGE_WIDTH
