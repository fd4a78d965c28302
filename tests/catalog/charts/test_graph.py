"""The graph of relations: groups, arrows, and boxes that hold their text."""

from __future__ import annotations

import pytest

from fep_tools.catalog.charts import graph
from fep_tools.catalog.charts.graph import Box, Relation
from fep_tools.catalog.charts.svg import PAGE_WIDTH, text_width
from fep_tools.catalog.model import CatalogEntry
from fep_tools.process.model import Process

from .read_svg import assert_inside, description, HOSTILE, numbers, read, SVG, texts


def boxes(*numbers: int) -> dict[int, Box]:
    return {n: Box(f"FEP {n}", f"Title {n}", "Draft", "open", f"../fep-{n:04}/") for n in numbers}


def requires(source: int, target: int) -> Relation:
    return Relation(source, target, "requires")


def labels(svg: str) -> list[str]:
    return [text for text in texts(read(svg)) if text.startswith("FEP")]


@pytest.mark.parametrize(
    ("pairs", "groups"),
    [
        ([], []),
        ([(5, 6), (1, 2), (3, 2)], [(1, 2, 3), (5, 6)]),
        ([(1, 2), (3, 4), (5, 5), (4, 1)], [(1, 2, 3, 4), (5,)]),
        ([(2, 1), (1, 2)], [(1, 2)]),
    ],
)
def test_groups(pairs: list[tuple[int, int]], groups: list[tuple[int, ...]]) -> None:
    assert graph.group_numbers([requires(*pair) for pair in pairs]) == groups


def test_relations_are_found_from_both_ends_and_once() -> None:
    entries = [
        CatalogEntry(number=1, title="", path="", requires=(2, 1), superseded_by=(3,)),
        CatalogEntry(number=2, title="", path="", required_by=(1,)),
        CatalogEntry(number=3, title="", path="", replaces=(1, 4)),
    ]
    assert graph.relations_of(entries) == [
        Relation(1, 2, "requires"),
        Relation(1, 3, "superseded by"),
        Relation(4, 3, "superseded by"),
    ]


@pytest.mark.parametrize(("is_current", "url"), [(True, None), (False, "../7/")])
def test_the_box_of_a_proposal(process: Process, is_current: bool, url: str | None) -> None:
    entry = CatalogEntry(number=7, title="Views", path="p", status="Final")
    box = graph.proposal_box(entry, process, lambda n: f"../{n}/", is_current=is_current)
    assert box == Box("FEP 7", "Views", "Final", "done", url, is_current)


def test_boxes_and_arrows() -> None:
    relations = [requires(1, 2), Relation(3, 2, "superseded by"), requires(1, 9)]
    root = read(graph.relation_graph("Relations", boxes(1, 2, 3, 4), relations))
    expected = {f"{word} {number}" for word in ("FEP", "Title") for number in (1, 2, 3)}
    assert {*texts(root)} == {*expected, "Draft"}
    lines = [p for p in root.iter(f"{SVG}path") if "fill" in p.attrib and "stroke" in p.attrib]
    assert ["stroke-dasharray" in line.attrib for line in lines].count(True) == 1
    assert len(lines) == 2
    assert description(root) == "FEP 1 requires FEP 2. FEP 3 is superseded by FEP 2."
    assert {link.attrib["href"] for link in root.iter(f"{SVG}a")} == {
        f"../fep-000{number}/" for number in (1, 2, 3)
    }


def test_an_arrow_points_down_at_the_required_proposal() -> None:
    root = read(graph.relation_graph("Relations", boxes(1, 2), [requires(2, 1)]))
    # A box is a link with a tooltip, a shape and texts, of which the first is the label.
    tops = {box[2].text: numbers(box[1], "y")[0] for box in root.iter(f"{SVG}a")}
    assert tops["FEP 2"] < tops["FEP 1"]
    (line,) = [p for p in root.iter(f"{SVG}path") if "fill" in p.attrib and "stroke" in p.attrib]
    assert line.attrib["marker-end"].endswith("-arrow)")


def test_cycles_and_two_relations_of_the_same_proposals() -> None:
    relations = [requires(1, 2), requires(2, 1), Relation(1, 2, "superseded by")]
    read(graph.relation_graph("Relations", boxes(1, 2), relations))


@pytest.mark.parametrize(
    ("numbers", "pairs"),
    [
        pytest.param(
            range(1, graph.MAX_GROUP_SIZE + 2),
            [(n, n + 1) for n in range(1, graph.MAX_GROUP_SIZE + 1)],
            id="too many proposals",
        ),
        pytest.param(
            range(1, 21),
            [(one, other) for other in range(1, 21) for one in range(other + 1, 21)],
            id="too many relations",
        ),
    ],
)
def test_a_group_that_is_too_large_is_left_out(
    numbers: range, pairs: list[tuple[int, int]]
) -> None:
    relations = [requires(*pair) for pair in [*pairs, (40, 41)]]
    svg = graph.relation_graph("Relations", boxes(*numbers, 40, 41), relations)
    assert labels(svg) == ["FEP 40", "FEP 41"]


def test_a_group_of_the_largest_size_is_drawn() -> None:
    numbers = range(1, graph.MAX_GROUP_SIZE + 1)
    relations = [requires(n, n + 1) for n in numbers[:-1]]
    svg = graph.relation_graph("Relations", boxes(*numbers), relations)
    assert len(labels(svg)) == graph.MAX_GROUP_SIZE


def test_groups_are_in_rows_no_wider_than_a_page() -> None:
    relations = [requires(n, n + 1) for n in range(1, 40, 2)]
    root = read(graph.relation_graph("Relations", boxes(*range(1, 41)), relations))
    assert float(root.attrib["width"]) <= PAGE_WIDTH
    assert_inside(root)


def test_hostile_text_is_escaped_and_stays_in_its_box() -> None:
    hostile = {
        1: Box(HOSTILE, HOSTILE, HOSTILE, None, f"../{HOSTILE}/", is_current=True),
        2: Box("FEP 2", "日本語" * 30, "Draft"),
    }
    root = read(graph.relation_graph(HOSTILE, hostile, [requires(1, 2)]))
    assert_inside(root)
    for text in root.iter(f"{SVG}text"):
        size = float(text.attrib.get("font-size", "13"))
        assert text_width(text.text or "", size) <= graph.BOX_WIDTH - 16


def test_no_proposals_are_an_empty_chart() -> None:
    read(graph.relation_graph("Relations", {}, []))
