"""Where the boxes and lines of a small directed graph go: in rows, from the top down.

The usual steps. Edges that would close a circle are turned round; each box goes one row below
the lowest that leads to it; an edge that skips rows gets a bend in each of them, so that no
line runs behind a box; rows are sorted until few lines cross; and then everything moves
towards what it is tied to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

Edge = tuple[str, str]


class Bend(NamedTuple):
    """Where an edge goes through a row."""

    tail: str
    head: str
    row: int


Knot = str | Bend

SWEEPS = 24


@dataclass(frozen=True, slots=True)
class Layout:
    """The rows of knots, where the middle of each stands, and each edge as a way through them."""

    rows: tuple[tuple[Knot, ...], ...]
    middles: dict[Knot, float]
    ways: dict[Edge, tuple[Knot, ...]]
    """From the tail of the edge to its head, which is upwards where it was turned round."""


def arrange(boxes: Sequence[str], edges: Sequence[Edge], box: float, bend: float) -> Layout:
    """The layout of *boxes* and *edges*; *box* and *bend* are the widths that each needs."""
    turned = _circles(boxes, edges)
    downward = [edge[::-1] if edge in turned else edge for edge in edges if edge[0] != edge[1]]
    depth = _depths(boxes, downward)
    ways = {edge: _way(edge, depth) for edge in dict.fromkeys(downward)}
    rows = _sorted_rows(_rows(boxes, depth, ways.values()), ways.values())
    middles = _middles(rows, list(ways.values()), lambda knot: box if knot in depth else bend)
    told = {
        edge: ways[edge[::-1]][::-1] if edge in turned else ways[edge]
        for edge in edges
        if edge[0] != edge[1]
    }
    return Layout(tuple(map(tuple, rows)), middles, told)


def _circles(boxes: Sequence[str], edges: Sequence[Edge]) -> set[Edge]:
    """The edges that lead back to a box on the way to them."""
    back: set[Edge] = set()
    state: dict[str, bool] = {}  # whether a box that was met is still on the way

    def visit(box: str) -> None:
        state[box] = True
        for tail, head in edges:
            if tail != box:
                continue
            if head not in state:
                visit(head)
            elif state[head]:
                back.add((tail, head))
        state[box] = False

    for box in boxes:
        if box not in state:
            visit(box)
    return back


def _depths(boxes: Sequence[str], edges: Sequence[Edge]) -> dict[Knot, int]:
    """How many rows down each box stands: as long as the longest way to it."""
    depth: dict[Knot, int] = dict.fromkeys(boxes, 0)
    for _box in boxes:
        for tail, head in edges:
            depth[head] = max(depth[head], depth[tail] + 1)
    return depth


def _way(edge: Edge, depth: dict[Knot, int]) -> tuple[Knot, ...]:
    tail, head = edge
    bends = (Bend(tail, head, row) for row in range(depth[tail] + 1, depth[head]))
    return (tail, *bends, head)


def _rows(
    boxes: Sequence[str], depth: dict[Knot, int], ways: Iterable[tuple[Knot, ...]]
) -> list[list[Knot]]:
    rows: list[list[Knot]] = [[] for _row in range(max(depth.values(), default=-1) + 1)]
    for box in boxes:
        rows[depth[box]].append(box)
    for way in ways:
        for knot in way:
            if isinstance(knot, Bend):
                rows[knot.row].append(knot)
    return rows


def _sorted_rows(rows: list[list[Knot]], ways: Iterable[tuple[Knot, ...]]) -> list[list[Knot]]:
    """*rows* in the order in which the fewest lines cross, of those that were tried."""
    steps = [step for way in ways for step in pairwise(way)]
    above, below = _ties(steps)
    best, fewest = rows, _crossings(rows, steps)
    for sweep in range(SWEEPS):
        down = sweep % 2 == 0
        rows = _swept(rows, above if down else below, down)
        if (crossed := _crossings(rows, steps)) < fewest:
            best, fewest = rows, crossed
    return best


def _ties(steps: Sequence[tuple[Knot, Knot]]) -> tuple[dict[Knot, list[Knot]], ...]:
    above: dict[Knot, list[Knot]] = {}
    below: dict[Knot, list[Knot]] = {}
    for upper, lower in steps:
        above.setdefault(lower, []).append(upper)
        below.setdefault(upper, []).append(lower)
    return above, below


def _swept(rows: list[list[Knot]], ties: dict[Knot, list[Knot]], down: bool) -> list[list[Knot]]:
    """Each row in the order of what its knots are tied to in the row before."""
    place: dict[Knot, float] = {}
    made = []
    for row in rows if down else reversed(rows):
        here = {knot: at / max(1, len(row) - 1) for at, knot in enumerate(row)}
        wanted = {knot: _mean([place[k] for k in ties.get(knot, ())], here[knot]) for knot in row}
        order = sorted(row, key=wanted.__getitem__)
        place.update((knot, at / max(1, len(row) - 1)) for at, knot in enumerate(order))
        made.append(order)
    return made if down else made[::-1]


def _crossings(rows: list[list[Knot]], steps: Sequence[tuple[Knot, Knot]]) -> int:
    place = {knot: (number, at) for number, row in enumerate(rows) for at, knot in enumerate(row)}
    lines = [(place[upper], place[lower][1]) for upper, lower in steps]
    return sum(
        a[0][0] == b[0][0] and (a[0][1] - b[0][1]) * (a[1] - b[1]) < 0
        for at, a in enumerate(lines)
        for b in lines[:at]
    )


def _middles(
    rows: list[list[Knot]],
    ways: Sequence[tuple[Knot, ...]],
    width: Callable[[Knot], float],
) -> dict[Knot, float]:
    """Where each knot stands: near what it is tied to, and clear of its neighbours."""
    above, below = _ties([step for way in ways for step in pairwise(way)])
    middles: dict[Knot, float] = {}
    for row in rows:
        middles.update(_spread(row, [0.0] * len(row), width))
    for sweep in range(SWEEPS):
        ties = above if sweep % 2 == 0 else below
        for row in rows if ties is above else reversed(rows):
            wanted = [_mean([middles[k] for k in ties.get(n, ())], middles[n]) for n in row]
            middles.update(_spread(row, wanted, width))
    left = min((middles[knot] - width(knot) / 2 for knot in middles), default=0.0)
    return {knot: middle - left for knot, middle in middles.items()}


def _spread(
    row: list[Knot], wanted: Sequence[float], width: Callable[[Knot], float]
) -> dict[Knot, float]:
    """*wanted* places moved apart: half way between pushing to the right and to the left."""
    gaps = [(width(a) + width(b)) / 2 for a, b in pairwise(row)]
    pushed_right, pushed_left = list(wanted), list(wanted)
    for at, gap in enumerate(gaps, start=1):
        pushed_right[at] = max(pushed_right[at], pushed_right[at - 1] + gap)
    for at, gap in reversed(list(enumerate(gaps))):
        pushed_left[at] = min(pushed_left[at], pushed_left[at + 1] - gap)
    pairs = zip(row, pushed_right, pushed_left, strict=True)
    return {knot: (right + left) / 2 for knot, right, left in pairs}


def _mean(values: Sequence[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise
