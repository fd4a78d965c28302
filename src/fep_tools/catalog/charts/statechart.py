"""Diagrams of status transitions: those that a process allows, and those that were made."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import partial
from itertools import pairwise

from ..._i18n import ENGLISH, Translator
from ..._text import join_words
from ...process.model import Process
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
FONT_SIZE = 14.0
COLUMN_GAP, ROW_GAP = 20.0, 46.0
WAYPOINT_WIDTH = 14.0
MARGIN = 4.0

MAX_MADE = 20
MAX_LINE_WIDTH = 3.5
"""Limits of the diagram of transitions that were made: how many it has, and pixels."""

MadeEdge = tuple[str | None, str | None]
"""A transition that was made; ``None`` before the first status, and after the removal of a file."""


def drawn_transitions(process: Process) -> tuple[Edge, ...]:
    """Return the transitions in the chart of a process, as (from, to), each once.

    Unusual transitions and those of retroactive proposals alone are in the table only.
    """
    transitions = (
        (transition.from_, target)
        for transition in process.transitions
        if transition.level == "allowed" and not transition.retroactive
        for target in transition.to
    )
    return tuple(dict.fromkeys(transitions))


def statechart(process: Process, translator: Translator = ENGLISH) -> str:
    """Return the chart of a process: a box for each status, an arrow for each transition."""
    edges = drawn_transitions(process)
    boxes = {status.name: status.name for status in process.statuses}
    title = translator.gettext("Status transitions of a {acronym}", acronym=process.acronym)
    return _draw(title, describe(process, translator), boxes, edges)


def describe(process: Process, translator: Translator = ENGLISH) -> str:
    """Return the chart in words: ``From Draft to Review or Withdrawn.``"""
    targets: dict[str, list[str]] = {}
    for source, target in drawn_transitions(process):
        targets.setdefault(source, []).append(target)
    sentences = _sentences(targets, translator)
    finals = [status.name for status in process.statuses if status.name not in targets]
    if finals:
        statuses = join_words(finals, translator.gettext("or"))
        sentences.append(translator.gettext("No transition from {statuses}.", statuses=statuses))
    return " ".join(sentences)


def _sentences(targets: Mapping[str, Sequence[str]], translator: Translator) -> list[str]:
    join = partial(join_words, last=translator.gettext("or"))
    return [
        translator.gettext("From {source} to {targets}.", source=source, targets=join(names))
        for source, names in targets.items()
    ]


# Transitions that were made ------------------------------------------------------------------


def most_frequent(counts: Mapping[MadeEdge, int]) -> dict[MadeEdge, int]:
    """Return the transitions in the diagram of those that were made, the most frequent first."""
    ordered = sorted(counts.items(), key=lambda item: (-item[1], str(item[0])))
    return dict(ordered[:MAX_MADE])


def made_name(status: str | None, *, is_source: bool, translator: Translator = ENGLISH) -> str:
    """Return the name of one end of a transition that was made."""
    if status is None:
        return translator.gettext("New") if is_source else translator.gettext("Removed")
    return status or translator.gettext("(empty)")


def made_chart(
    process: Process, counts: Mapping[MadeEdge, int], translator: Translator = ENGLISH
) -> str:
    """Return the diagram of transitions that were made.

    The more often a transition was made, the wider is its line; its number is at its arrowhead.
    A line is dashed if the process does not allow the transition to all proposals.

    :param counts: How many times proposals made each transition.
    """
    shown = most_frequent(counts)
    order = {status.name: index for index, status in enumerate(process.statuses)}
    edges = {_box_names(edge): count for edge, count in shown.items()}
    labels = {
        _box_name(status, is_source=is_source): made_name(
            status, is_source=is_source, translator=translator
        )
        for edge in shown
        for status, is_source in zip(edge, (True, False), strict=True)
    }
    boxes = dict(
        sorted(labels.items(), key=lambda item: (item[0] != _NEW, order.get(item[0], len(order))))
    )
    targets: dict[str, list[str]] = {}
    for (source, target), count in edges.items():
        targets.setdefault(labels[source], []).append(f"{labels[target]} ({count})")
    title = translator.gettext("Status changes of {plural}", plural=process.plural)
    usual = {*drawn_transitions(process), *((_NEW, name) for name in order)}
    return _draw(
        title, " ".join(_sentences(targets, translator)), boxes, tuple(edges), edges, usual
    )


_NEW, _REMOVED = "\0new", "\0removed"
"""Names of boxes that no status has: files of proposals have no NUL in their headers."""


def _box_name(status: str | None, *, is_source: bool) -> str:
    return status if status is not None else _NEW if is_source else _REMOVED


def _box_names(edge: MadeEdge) -> Edge:
    return _box_name(edge[0], is_source=True), _box_name(edge[1], is_source=False)


# Drawing -------------------------------------------------------------------------------------


def _draw(
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
    layout = arrange_within(
        list(boxes),
        list(edges),
        BOX_WIDTH + COLUMN_GAP,
        WAYPOINT_WIDTH + COLUMN_GAP,
        PAGE_WIDTH - 2 * MARGIN + COLUMN_GAP,
    )
    drawing = _Drawing(layout, counts, usual)
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
        self, layout: Layout, counts: Mapping[Edge, int] | None, usual: set[Edge] | None
    ) -> None:
        self.layout = layout
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
        right += BOX_WIDTH / 2
        bottom = max(self.tops.values(), default=0.0) + BOX_HEIGHT
        return max([right, *map(self._center, self.tops)]) + MARGIN, bottom + MARGIN

    def box(self, name: str, label: str) -> str:
        """Return the box of a status."""
        center, y = self._center(name), self.tops[name]
        shown = truncate(label, BOX_WIDTH - 8, FONT_SIZE)
        is_status = name not in (_NEW, _REMOVED)
        return (
            f'<g class="fep-state"><rect x="{center - BOX_WIDTH / 2:.1f}" y="{y:.1f}" '
            f'width="{BOX_WIDTH:.0f}" height="{BOX_HEIGHT:.0f}" rx="{6 if is_status else 17}" '
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
        return self._center(node) + BOX_WIDTH * (share - 0.5)

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
