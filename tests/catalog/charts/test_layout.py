"""The layout of graphs: rows, cycles, waypoints and distances."""

from __future__ import annotations

from itertools import pairwise

import pytest

from fep_tools.catalog.charts.layout import arrange, arrange_within, Edge, Waypoint


@pytest.mark.parametrize(
    ("edges", "rows"),
    [
        pytest.param([], [{"a", "b", "c"}], id="no edges"),
        pytest.param([("a", "b"), ("b", "c")], [{"a"}, {"b"}, {"c"}], id="chain"),
        pytest.param([("a", "b"), ("a", "c")], [{"a"}, {"b", "c"}], id="fork"),
        pytest.param([("a", "b"), ("b", "a")], [{"a", "c"}, {"b"}], id="cycle"),
        pytest.param([("b", "b"), ("c", "a")], [{"b", "c"}, {"a"}], id="loop"),
        pytest.param(
            [("a", "b"), ("b", "c"), ("a", "c")],
            [{"a"}, {"b", Waypoint("a", "c", 1)}, {"c"}],
            id="an edge that skips a row",
        ),
    ],
)
def test_rows(edges: list[Edge], rows: list[set[object]]) -> None:
    assert [{*row} for row in arrange("abc", edges, 10, 2).rows] == rows


def test_both_edges_of_a_cycle_share_a_path() -> None:
    layout = arrange(["a", "b"], [("a", "b"), ("b", "a"), ("b", "b")], 10, 2)
    assert layout.paths == {("a", "b"): ("a", "b"), ("b", "a"): ("b", "a")}


def test_crossings_are_avoided() -> None:
    layout = arrange("abcd", [("a", "d"), ("b", "c")], 10, 2)
    upper, lower = layout.rows
    assert (upper.index("a") < upper.index("b")) is (lower.index("d") < lower.index("c"))


def test_nodes_of_a_row_keep_their_distance_and_start_at_the_left() -> None:
    layout = arrange("abcd", [("a", "b"), ("a", "c"), ("a", "d")], 10, 2)
    centers = [layout.centers[node] for node in layout.rows[1]]
    assert [right - left for left, right in pairwise(centers)] == [10, 10]
    assert layout.centers["a"] == pytest.approx(sum(centers) / 3)
    assert min(layout.centers.values()) == 5


def test_an_empty_graph_has_no_rows() -> None:
    assert arrange([], [], 10, 2).rows == ()


@pytest.mark.parametrize(("max_width", "sizes"), [(200, [9, 1]), (70, [5, 3, 2]), (1, None)])
def test_a_wide_row_is_divided(max_width: float, sizes: list[int] | None) -> None:
    """The edges of the upper rows pass beside the boxes of the lower ones."""
    edges = [(box, "z") for box in "abcdefghi"]
    layout = arrange_within("abcdefghiz", edges, 10, 2, max_width)
    rows = [[node for node in row if isinstance(node, str)] for row in layout.rows]
    assert sum(map(len, rows)) == 10
    assert rows[-1] == ["z"] or sizes
    assert layout.paths.keys() == set(edges)
    if sizes:
        right = max(layout.centers.values()) + 5
        assert right <= max_width
