"""Lay out a small directed graph in rows, from top to bottom.

This is the usual layered method (Sugiyama, Tagawa and Toda, 1981):

1. Edges that close a cycle are reversed, so that all edges point down.
2. Each box goes one row below the lowest box that points to it, or further below if the row has
   as many boxes as it may have (Coffman and Graham, 1972).
3. An edge that skips rows gets a waypoint in each of them, so that no line runs behind a box.
4. Rows are sorted until few lines cross.
5. Boxes and waypoints move sideways, towards what they are connected to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

Edge = tuple[str, str]
"""The names of two boxes: an arrow points from the first to the second."""

SWEEPS = 24
"""Passes over all rows, down and up in turn. More make no visible difference for 30 boxes."""


class Waypoint(NamedTuple):
    """A point in a row that an edge passes through."""

    source: str
    target: str
    row: int


Node = str | Waypoint
Path = tuple[Node, ...]
"""An edge as it is drawn: a box, the waypoints, and another box."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The position of each node, in rows from the top, and in units from the left.

    :param centers: The horizontal center of each node.
    :param paths: The nodes of each edge, from its source to its target. A reversed edge leads
        upwards.
    """

    rows: tuple[tuple[Node, ...], ...]
    centers: dict[Node, float]
    paths: dict[Edge, Path]


def arrange_within(
    boxes: Sequence[str],
    edges: Sequence[Edge],
    box_width: float,
    waypoint_width: float,
    max_width: float,
) -> Layout:
    """Return the layout with the fewest rows that is no wider than *max_width*.

    If there is none, because of lines that pass beside boxes, the narrowest is returned.
    """
    layouts = []
    for row_size in range(max(int(max_width // box_width), 1), 0, -1):
        layout = arrange(boxes, edges, box_width, waypoint_width, row_size)
        halves = {True: box_width / 2, False: waypoint_width / 2}
        width = max((x + halves[isinstance(n, str)] for n, x in layout.centers.items()), default=0)
        if width <= max_width:
            return layout
        layouts.append((width, layout))
    return min(layouts, key=lambda pair: pair[0])[1]


def arrange(
    boxes: Sequence[str],
    edges: Sequence[Edge],
    box_width: float,
    waypoint_width: float,
    row_size: int | None = None,
) -> Layout:
    """Return the layout of *boxes* and *edges*.

    An edge from a box to itself is left out.

    :param box_width: The width of a box, with the gap to the next one.
    :param waypoint_width: The same for a waypoint.
    :param row_size: The most boxes that a row may have.
    """
    edges = [edge for edge in edges if edge[0] != edge[1]]
    reversed_edges = _cycle_edges(boxes, edges)
    downward = [edge[::-1] if edge in reversed_edges else edge for edge in edges]
    depths = _depths(boxes, downward, row_size or len(boxes))
    paths = {edge: _path(edge, depths) for edge in dict.fromkeys(downward)}
    rows = _reduce_crossings(_rows(boxes, depths, paths.values()), paths.values())
    centers = _centers(
        rows, list(paths.values()), lambda node: box_width if node in depths else waypoint_width
    )
    drawn = {
        edge: paths[edge[::-1]][::-1] if edge in reversed_edges else paths[edge] for edge in edges
    }
    return Layout(tuple(map(tuple, rows)), centers, drawn)


def _cycle_edges(boxes: Sequence[str], edges: Sequence[Edge]) -> set[Edge]:
    """Return the edges that close a cycle.

    A depth-first search finds them. In Draft -> Review -> Draft, the search that starts at
    Draft is still inside Draft when it meets the edge Review -> Draft; that edge is returned.
    """
    found: set[Edge] = set()
    is_open: dict[str, bool] = {}  # visited boxes, and whether the search is still inside them

    def visit(box: str) -> None:
        is_open[box] = True
        for source, target in edges:
            if source != box:
                continue
            if target not in is_open:
                visit(target)
            elif is_open[target]:
                found.add((source, target))
        is_open[box] = False

    for box in boxes:
        if box not in is_open:
            visit(box)
    return found


def _depths(boxes: Sequence[str], edges: Sequence[Edge], row_size: int) -> dict[Node, int]:
    """Return the row of each box: below all boxes that point to it, where there is room.

    With the edges a -> b, b -> c and a -> c, c is in row 2. If more boxes could be in a row than
    may be, those from which the longest paths start come first.
    """
    heights = dict.fromkeys(boxes, 0)  # the length of the longest path from each box
    for _box in boxes:  # no path is longer than there are boxes
        for source, target in edges:
            heights[source] = max(heights[source], heights[target] + 1)
    depths: dict[Node, int] = {}
    row = 0
    while len(depths) < len(boxes):
        waiting = {target for source, target in edges if depths.get(source, row) >= row}
        ready = [box for box in boxes if box not in depths and box not in waiting]
        ready.sort(key=lambda box: -heights[box])
        depths |= dict.fromkeys(ready[:row_size], row)
        row += 1
    return depths


def _path(edge: Edge, depths: dict[Node, int]) -> Path:
    """Return *edge* with a waypoint in each row that it skips.

    An edge from row 0 to row 3 becomes (source, waypoint in row 1, waypoint in row 2, target).
    """
    source, target = edge
    skipped = range(depths[source] + 1, depths[target])
    return (source, *(Waypoint(source, target, row) for row in skipped), target)


def _rows(boxes: Sequence[str], depths: dict[Node, int], paths: Iterable[Path]) -> list[list[Node]]:
    rows: list[list[Node]] = [[] for _row in range(max(depths.values(), default=-1) + 1)]
    for box in boxes:
        rows[depths[box]].append(box)
    for path in paths:
        for node in path:
            if isinstance(node, Waypoint):
                rows[node.row].append(node)
    return rows


# Order within a row ------------------------------------------------------------------------


def _reduce_crossings(rows: list[list[Node]], paths: Iterable[Path]) -> list[list[Node]]:
    """Return the order with the fewest crossings of those that the sweeps produce.

    A sweep can also make it worse, so the best order so far is kept.
    """
    links = [link for path in paths for link in pairwise(path)]
    above, below = _neighbors(links)
    best, fewest = rows, _crossings(rows, links)
    for sweep in range(SWEEPS):
        down = sweep % 2 == 0
        rows = _sweep(rows, above if down else below, down)
        if (crossings := _crossings(rows, links)) < fewest:
            best, fewest = rows, crossings
    return best


def _neighbors(
    links: Sequence[tuple[Node, Node]],
) -> tuple[dict[Node, list[Node]], dict[Node, list[Node]]]:
    """Return the nodes that each node is connected to in the row above, and in the row below."""
    above: dict[Node, list[Node]] = {}
    below: dict[Node, list[Node]] = {}
    for upper, lower in links:
        above.setdefault(lower, []).append(upper)
        below.setdefault(upper, []).append(lower)
    return above, below


def _sweep(
    rows: list[list[Node]], neighbors: dict[Node, list[Node]], down: bool
) -> list[list[Node]]:
    """Sort each row by the mean position of the neighbors in the row before (barycenter).

    Positions go from 0 to 1, since rows have different lengths: in the row (a, b, c), b is at
    0.5. A node below a and c gets their mean, 0.5; a node without neighbors stays in place.
    """
    position: dict[Node, float] = {}
    ordered = []
    for row in rows if down else reversed(rows):
        own = _positions(row)
        wanted = {
            node: _mean([position[other] for other in neighbors.get(node, ())], own[node])
            for node in row
        }
        order = sorted(row, key=wanted.__getitem__)
        position |= _positions(order)
        ordered.append(order)
    return ordered if down else ordered[::-1]


def _positions(row: Sequence[Node]) -> dict[Node, float]:
    return {node: index / max(1, len(row) - 1) for index, node in enumerate(row)}


def _crossings(rows: list[list[Node]], links: Sequence[tuple[Node, Node]]) -> int:
    """Return how many pairs of lines cross.

    Two lines that start in one row cross if their ends are in the other order: a -> d and
    b -> c cross where a is left of b, and c left of d.
    """
    position = {
        node: (row_index, index)
        for row_index, row in enumerate(rows)
        for index, node in enumerate(row)
    }
    lines = [(position[upper], position[lower][1]) for upper, lower in links]
    return sum(
        row == other_row and (start - other_start) * (end - other_end) < 0
        for index, ((row, start), end) in enumerate(lines)
        for (other_row, other_start), other_end in lines[:index]
    )


# Horizontal positions ----------------------------------------------------------------------


def _centers(
    rows: list[list[Node]], paths: Sequence[Path], width: Callable[[Node], float]
) -> dict[Node, float]:
    """Return the center of each node: near its neighbors, and clear of the nodes beside it."""
    above, below = _neighbors([link for path in paths for link in pairwise(path)])
    centers: dict[Node, float] = {}
    for row in rows:
        centers.update(_spread(row, [0.0] * len(row), width))
    for sweep in range(SWEEPS):
        neighbors = above if sweep % 2 == 0 else below
        for row in rows if neighbors is above else reversed(rows):
            wanted = [
                _mean([centers[other] for other in neighbors.get(node, ())], centers[node])
                for node in row
            ]
            centers.update(_spread(row, wanted, width))
    left = min((centers[node] - width(node) / 2 for node in centers), default=0.0)
    return {node: center - left for node, center in centers.items()}


def _spread(
    row: list[Node], wanted: Sequence[float], width: Callable[[Node], float]
) -> dict[Node, float]:
    """Return centers near *wanted* at which the nodes do not overlap.

    Three nodes of width 10 that all want to be at 0 would be at 0, 10, 20 if overlaps were
    resolved from left to right, and at -20, -10, 0 from right to left. The mean of both,
    -10, 0, 10, is used: it favours neither side.
    """
    gaps = [(width(left) + width(right)) / 2 for left, right in pairwise(row)]
    rightward, leftward = list(wanted), list(wanted)
    for index, gap in enumerate(gaps, start=1):
        rightward[index] = max(rightward[index], rightward[index - 1] + gap)
    for index, gap in reversed(list(enumerate(gaps))):
        leftward[index] = min(leftward[index], leftward[index + 1] - gap)
    return {
        node: (right + left) / 2 for node, right, left in zip(row, rightward, leftward, strict=True)
    }


def _mean(values: Sequence[float], default: float) -> float:
    return sum(values) / len(values) if values else default
