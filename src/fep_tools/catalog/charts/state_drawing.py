"""Draw statuses as boxes, and transitions as arrows between them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import pairwise

from .layout import arrange_within, Edge, Layout, Node, Path, Waypoint
from .svg import (
    arrow_marker,
    coordinate,
    curve,
    document,
    escape_text,
    PAGE_WIDTH,
    SMALL,
    text_element,
    truncate,
)  # fmt: skip

NAME = "fep-states"
BOX_WIDTH, BOX_HEIGHT = 112.0, 34.0
COUNTED_BOX_WIDTH = 152.0
"""Width of a box if the arrows have counts beside them, which need room."""

FONT_SIZE = 14.0
COLUMN_GAP, ROW_GAP = 20.0, 46.0
WAYPOINT_WIDTH = 14.0
MARGIN = 4.0

MAX_LINE_WIDTH = 3.5
"""The width of the line of the most frequent transition, in pixels."""

NEW, REMOVED = "\0new", "\0removed"
"""Names of boxes that no status has: files of proposals have no NUL in their headers."""


def draw(
    title: str,
    description: str,
    boxes: Mapping[str, str],
    edges: Sequence[Edge],
    counts: Mapping[Edge, int] | None = None,
    usual: set[Edge] | None = None,
) -> str:
    """Return a diagram.

    :param boxes: The label of each box.
    :param counts: The number at the arrowhead of each edge.
    :param usual: The edges with a solid line; by default, all.
    """
    box_width = COUNTED_BOX_WIDTH if counts else BOX_WIDTH
    layout = arrange_within(
        list(boxes),
        list(edges),
        box_width + COLUMN_GAP,
        WAYPOINT_WIDTH + COLUMN_GAP,
        PAGE_WIDTH - 2 * MARGIN + COLUMN_GAP,
    )
    drawing = _Drawing(layout, box_width, counts, usual)
    lines = "".join(drawing.line(edge) for edge in edges if _is_drawn(edge, edges))
    shapes = "".join(drawing.box(name, label) for name, label in boxes.items())
    return document(NAME, drawing.size, title, description, arrow_marker(NAME) + lines + shapes)


def _is_drawn(edge: Edge, edges: Sequence[Edge]) -> bool:
    """Return whether *edge* gets a line of its own.

    Draft -> Review and Review -> Draft share a line with two heads, drawn for the first one.
    """
    back = edge[::-1]
    return edge[0] != edge[1] and (back not in edges or edges.index(edge) < edges.index(back))


class _Drawing:
    """A layout with sizes in pixels."""

    def __init__(
        self,
        layout: Layout,
        box_width: float,
        counts: Mapping[Edge, int] | None,
        usual: set[Edge] | None,
    ) -> None:
        self.layout = layout
        self.box_width = box_width
        self.counts = counts
        self.usual = usual
        self.tops = {
            node: MARGIN + index * (BOX_HEIGHT + ROW_GAP)
            for index, row in enumerate(layout.rows)
            for node in row
        }

    @property
    def size(self) -> tuple[float, float]:
        right = max((self._center(n) for n in self.tops if isinstance(n, str)), default=0.0)
        right += self.box_width / 2
        bottom = max(self.tops.values(), default=0.0) + BOX_HEIGHT
        return max([right, *map(self._center, self.tops)]) + MARGIN, bottom + MARGIN

    def box(self, name: str, label: str) -> str:
        """Return the box of a status."""
        center, y = self._center(name), self.tops[name]
        shown = truncate(label, self.box_width - 8, FONT_SIZE)
        is_status = name not in (NEW, REMOVED)
        return (
            f'<g class="fep-state"><rect x="{center - self.box_width / 2:.1f}" y="{y:.1f}" '
            f'width="{self.box_width:.0f}" height="{BOX_HEIGHT:.0f}" rx="{6 if is_status else 17}" '
            f'fill="Canvas" stroke="currentColor"/><text x="{center:.1f}" '
            f'y="{y + BOX_HEIGHT / 2 + 5:.1f}" font-size="{FONT_SIZE:.0f}" text-anchor="middle" '
            f'fill="CanvasText">{escape_text(shown)}</text></g>'
        )

    def line(self, edge: Edge) -> str:
        """Return the line of a transition, and of the one back if there is one.

        Lines are always drawn downwards, with a head at one end or at both.
        """
        path = self.layout.paths[edge]
        is_downward = self.tops[path[0]] < self.tops[path[-1]]
        nodes = path if is_downward else path[::-1]
        has_both = edge[::-1] in self.layout.paths
        ends = {"start": not is_downward or has_both, "end": is_downward or has_both}
        heads = "".join(
            f' marker-{end}="url(#{NAME}-arrow)"' for end, has_head in ends.items() if has_head
        )
        stops = self._stops(nodes)
        (start_x, _start_top, start_bottom), (end_x, end_top, _end_bottom) = stops[0], stops[-1]
        return (
            f'<path d="{curve(stops)}" fill="none" stroke="currentColor"'
            f"{self._stroke(edge)}{heads}/>"
            + self._count((nodes[0], nodes[-1]), end_x + 4, end_top - 10)
            + self._count((nodes[-1], nodes[0]), start_x + 4, start_bottom + 17)
        )

    def _stroke(self, edge: Edge) -> str:
        """Return the attributes of a line: its width, and whether it is dashed."""
        both = {edge, edge[::-1]}
        attributes = ""
        if self.counts:
            share = max(self.counts.get(each, 0) for each in both) / max(self.counts.values())
            attributes = f' stroke-width="{coordinate(max(MAX_LINE_WIDTH * math.sqrt(share), 1))}"'
        is_usual = self.usual is None or both & self.usual
        return attributes if is_usual else f'{attributes} stroke-dasharray="5 4"'

    def _count(self, edge: tuple[Node, Node], x: float, y: float) -> str:
        """Return the count of a transition, or nothing if it has no arrow."""
        if self.counts is None or edge not in self.layout.paths:
            return ""
        count = f"{self.counts.get(edge, 0):,}"
        return text_element(x, y, count, css_class="fep-count", size=SMALL)

    def _stops(self, nodes: Path) -> list[tuple[float, float, float]]:
        """Return the stops of a line as :func:`curve` takes them: (x, top, bottom)."""
        last = len(nodes) - 1
        stops = []
        for index, node in enumerate(nodes):
            top = self.tops[node]
            if index == 0:
                x = self._port(node, nodes[1], is_lower=True)
            elif index == last:
                x = self._port(node, nodes[-2], is_lower=False)
            else:
                x = self._center(node)
            stops.append((x, top, top if index == last else top + BOX_HEIGHT))
        return stops

    def _port(self, node: Node, other: Node, *, is_lower: bool) -> float:
        """Return where the line to *other* leaves the lower or upper edge of *node*.

        The lines of an edge are spread evenly, in the order of their other ends, so that they
        do not cross there: three lines leave a box of width 112 at 28, 56 and 84 pixels.
        """
        if isinstance(node, Waypoint):
            return self._center(node)
        others = sorted(
            self._connected(node, is_lower=is_lower),
            key=lambda other: (self._center(other), str(other)),
        )
        share = (others.index(other) + 1) / (len(others) + 1)
        return self._center(node) + self.box_width * (share - 0.5)

    def _connected(self, box: Node, *, is_lower: bool) -> set[Node]:
        """Return the nodes that lines connect with the lower, or with the upper edge of *box*."""
        connected = set()
        for path in self.layout.paths.values():
            for link in pairwise(path):
                upper, lower = sorted(link, key=self.tops.__getitem__)
                if is_lower and upper == box:
                    connected.add(lower)
                elif not is_lower and lower == box:
                    connected.add(upper)
        return connected

    def _center(self, node: Node) -> float:
        # The layout counts half a gap on each side of a node; the first has no neighbor there.
        return self.layout.centers[node] - COLUMN_GAP / 2 + MARGIN
