"""The status transitions of a process, drawn from the transitions that ``fep check`` enforces."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from itertools import pairwise

from ..._i18n import ENGLISH, Translator
from ..._text import join_words
from ...process.model import Process
from .layout import arrange, Edge, Layout, Node, Path, Waypoint
from .svg import arrow_marker, curve, document, escape_text, SMALL, text_element, truncate

NAME = "fep-states"
BOX_WIDTH, BOX_HEIGHT = 112.0, 34.0
COUNTED_BOX_WIDTH = 144.0
"""Width of a box if the arrows have counts beside them, which need room."""

FONT_SIZE = 14.0
COLUMN_GAP, ROW_GAP = 20.0, 46.0
WAYPOINT_WIDTH = 14.0
MARGIN = 4.0


def drawn_transitions(process: Process) -> tuple[Edge, ...]:
    """Return the transitions in the chart, as (from, to), each once.

    Unusual transitions and those of retroactive proposals alone are in the table only.
    """
    transitions = (
        (transition.from_, target)
        for transition in process.transitions
        if transition.level == "allowed" and not transition.retroactive
        for target in transition.to
    )
    return tuple(dict.fromkeys(transitions))


def statechart(
    process: Process, counts: Mapping[Edge, int] | None = None, translator: Translator = ENGLISH
) -> str:
    """Return the chart: a box for each status, an arrow for each transition.

    :param counts: How many times proposals made each transition, shown at the arrowheads.
    """
    edges = drawn_transitions(process)
    box_width = BOX_WIDTH if counts is None else COUNTED_BOX_WIDTH
    layout = arrange(
        [status.name for status in process.statuses],
        edges,
        box_width + COLUMN_GAP,
        WAYPOINT_WIDTH + COLUMN_GAP,
    )
    drawing = _Drawing(layout, box_width, counts)
    lines = "".join(drawing.line(edge) for edge in edges if _is_drawn(edge, edges))
    return document(
        NAME,
        drawing.size,
        translator.gettext("Status transitions of a {acronym}", acronym=process.acronym),
        describe(process, counts, translator),
        arrow_marker(NAME) + lines + "".join(map(drawing.box, drawing.boxes)),
    )


def describe(
    process: Process, counts: Mapping[Edge, int] | None = None, translator: Translator = ENGLISH
) -> str:
    """Return the chart in words: ``From Draft to Review (12) or Withdrawn (3).``"""
    targets: dict[str, list[str]] = {}
    for source, target in drawn_transitions(process):
        count = f" ({counts.get((source, target), 0)})" if counts is not None else ""
        targets.setdefault(source, []).append(f"{target}{count}")
    join = partial(join_words, last=translator.gettext("or"))
    sentences = [
        translator.gettext("From {source} to {targets}.", source=source, targets=join(names))
        for source, names in targets.items()
    ]
    finals = [status.name for status in process.statuses if status.name not in targets]
    if finals:
        sentences.append(
            translator.gettext("No transition from {statuses}.", statuses=join(finals))
        )
    return " ".join(sentences)


def _is_drawn(edge: Edge, edges: tuple[Edge, ...]) -> bool:
    """Return whether *edge* gets a line of its own.

    Draft -> Review and Review -> Draft share a line with two heads, drawn for the first one.
    """
    back = edge[::-1]
    return edge[0] != edge[1] and (back not in edges or edges.index(edge) < edges.index(back))


class _Drawing:
    """A layout with sizes in pixels."""

    def __init__(self, layout: Layout, box_width: float, counts: Mapping[Edge, int] | None) -> None:
        self.layout = layout
        self.box_width = box_width
        self.counts = counts
        self.tops = {
            node: MARGIN + index * (BOX_HEIGHT + ROW_GAP)
            for index, row in enumerate(layout.rows)
            for node in row
        }

    @property
    def boxes(self) -> list[str]:
        return [node for node in self.tops if isinstance(node, str)]

    @property
    def size(self) -> tuple[float, float]:
        right = max((self._center(box) for box in self.boxes), default=0.0) + self.box_width / 2
        bottom = max(self.tops.values(), default=0.0) + BOX_HEIGHT
        return max([right, *map(self._center, self.tops)]) + MARGIN, bottom + MARGIN

    def box(self, name: str) -> str:
        """Return the box of a status."""
        center, y = self._center(name), self.tops[name]
        shown = truncate(name, self.box_width - 8, FONT_SIZE)
        return (
            f'<g class="fep-state"><rect x="{center - self.box_width / 2:.1f}" y="{y:.1f}" '
            f'width="{self.box_width:.0f}" height="{BOX_HEIGHT:.0f}" rx="6" fill="Canvas" '
            f'stroke="currentColor"/><text x="{center:.1f}" y="{y + BOX_HEIGHT / 2 + 5:.1f}" '
            f'font-size="{FONT_SIZE:.0f}" text-anchor="middle" fill="CanvasText">'
            f"{escape_text(shown)}</text></g>"
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
            f'<path d="{curve(stops)}" fill="none" stroke="currentColor"{heads}/>'
            + self._count((nodes[0], nodes[-1]), end_x + 3, end_top - 10)
            + self._count((nodes[-1], nodes[0]), start_x + 3, start_bottom + 17)
        )

    def _count(self, edge: tuple[Node, Node], x: float, y: float) -> str:
        """Return the count of a transition, or nothing if it has no arrow."""
        if self.counts is None or edge not in self.layout.paths:
            return ""
        count = str(self.counts.get(edge, 0))
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
