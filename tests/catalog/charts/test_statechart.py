"""The statechart: complete, readable without seeing it, no line behind a box."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest

from fep_tools.catalog.charts.layout import arrange, Waypoint
from fep_tools.catalog.charts.statechart import drawn_transitions, statechart
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


def test_counts_are_shown_at_their_arrows(any_process: Process) -> None:
    transitions = drawn_transitions(any_process)
    expected = {edge: 100 + index for index, edge in enumerate(transitions)}
    root = read(statechart(any_process, counts=expected))
    shown = counts(root)
    assert sorted(part.text or "" for part in shown) == sorted(map(str, expected.values()))
    positions = [tuple(numbers(part, "x", "y")) for part in shown]
    for index, (x, y) in enumerate(positions):
        near = [other_x for other_x, other_y in positions[:index] if other_y == y]
        assert all(abs(other_x - x) >= 20 for other_x in near)
    source, target = transitions[0]
    assert re.search(rf"From {source} to [^.]*{target} \(100\)", description(root))


def test_a_transition_that_never_happened_has_a_zero(any_process: Process) -> None:
    zeros = counts(read(statechart(any_process, counts={})))
    assert {part.text for part in zeros} == {"0"}
    assert not counts(read(statechart(any_process)))
