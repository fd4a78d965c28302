"""The status machine of a process as a picture.

Drawn from the same table by which transitions are judged. Colours are the system's, so that
the picture fits a light and a dark page, and a theme may change them by class.
"""

from __future__ import annotations

from html import escape
from itertools import pairwise

from ..process import Process
from ..text import listed
from .layout import arrange
from .layout import Bend
from .layout import Edge
from .layout import Knot
from .layout import Layout

BOX = (112.0, 34.0)
GAP = (20.0, 46.0)
BEND = 14.0
MARGIN = 4.0


def edges(process: Process) -> tuple[Edge, ...]:
    """The steps that are drawn: those that every proposal may take, each once."""
    steps = (
        (step.from_, to)
        for step in process.transitions
        if step.level == "allowed" and not step.retroactive
        for to in step.to
    )
    return tuple(dict.fromkeys(steps))


def svg(process: Process, prefix: str = "fep-states") -> str:
    """The picture; *prefix* begins its ids, which must be the page's only ones of that name."""
    drawn = edges(process)
    layout = arrange([s.name for s in process.statuses], drawn, BOX[0] + GAP[0], BEND + GAP[0])
    picture = _Picture(layout, prefix)
    width, height = picture.size
    lines = "".join(picture.line(edge) for edge in drawn if _is_drawn(edge, drawn))
    boxes = "".join(map(picture.box, picture.boxes))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" '
        f'width="{width:.0f}" role="img" aria-labelledby="{prefix}-title {prefix}-desc" '
        f'class="fep-states">'
        f'<title id="{prefix}-title">{escape(_title(process))}</title>'
        f'<desc id="{prefix}-desc">{escape(description(process))}</desc>'
        f"{picture.arrow}{lines}{boxes}</svg>"
    )


def description(process: Process) -> str:
    """The picture in words: from every status, where a proposal may go."""
    steps: dict[str, list[str]] = {}
    for tail, head in edges(process):
        steps.setdefault(tail, []).append(head)
    told = [f"From {tail} to {listed(heads)}." for tail, heads in steps.items()]
    ends = [s.name for s in process.statuses if s.name not in steps]
    return " ".join([*told, f"From {listed(ends)} to none." if ends else ""]).rstrip()


def _title(process: Process) -> str:
    return f"How the status of a {process.acronym} may change"


def _is_drawn(edge: Edge, drawn: tuple[Edge, ...]) -> bool:
    """Of two edges between the same boxes, one is drawn, with two heads."""
    back = edge[::-1]
    return edge[0] != edge[1] and (back not in drawn or drawn.index(edge) < drawn.index(back))


class _Picture:
    """A layout with sizes."""

    def __init__(self, layout: Layout, prefix: str) -> None:
        self.layout = layout
        self.prefix = prefix
        self.tops = {
            knot: MARGIN + number * (BOX[1] + GAP[1])
            for number, row in enumerate(layout.rows)
            for knot in row
        }

    @property
    def boxes(self) -> list[str]:
        return [knot for knot in self.tops if isinstance(knot, str)]

    @property
    def size(self) -> tuple[float, float]:
        right = max((self._middle(box) for box in self.boxes), default=0.0) + BOX[0] / 2
        bends = [self._middle(knot) for knot in self.tops]
        bottom = max(self.tops.values(), default=0.0) + BOX[1]
        return max([right, *bends]) + MARGIN, bottom + MARGIN

    @property
    def arrow(self) -> str:
        return (
            f'<defs><marker id="{self.prefix}-arrow" viewBox="0 0 8 8" refX="8" refY="4" '
            'markerWidth="8" markerHeight="8" orient="auto-start-reverse">'
            '<path d="M0 .5 8 4 0 7.5z" fill="currentColor"/></marker></defs>'
        )

    def box(self, name: str) -> str:
        x, y = self._middle(name) - BOX[0] / 2, self.tops[name]
        return (
            f'<g class="fep-state"><rect x="{x:.1f}" y="{y:.1f}" width="{BOX[0]:.0f}" '
            f'height="{BOX[1]:.0f}" rx="6" fill="Canvas" stroke="currentColor"/>'
            f'<text x="{self._middle(name):.1f}" y="{y + BOX[1] / 2 + 5:.1f}" font-size="14" '
            f'text-anchor="middle" fill="CanvasText">{escape(name)}</text></g>'
        )

    def line(self, edge: Edge) -> str:
        """One edge, from top to bottom, with a head at its end or ends."""
        way = self.layout.ways[edge]
        downward = self.tops[way[0]] < self.tops[way[-1]]
        both = edge[::-1] in self.layout.ways
        marks = [("start", not downward or both), ("end", downward or both)]
        heads = "".join(
            f' marker-{end}="url(#{self.prefix}-arrow)"' for end, wanted in marks if wanted
        )
        path = self._path(way if downward else way[::-1])
        return f'<path d="{path}" fill="none" stroke="currentColor"{heads}/>'

    def _path(self, way: tuple[Knot, ...]) -> str:
        """A curve that leaves and enters every row straight."""
        x, y = self._port(way[0], way[1], down=True), self.tops[way[0]] + BOX[1]
        path = f"M{x:.1f} {y:.1f}"
        for before, knot in pairwise(way):
            to = self._port(knot, before, down=False)
            top = self.tops[knot]
            half = (y + top) / 2
            path += f" C{x:.1f} {half:.1f} {to:.1f} {half:.1f} {to:.1f} {top:.1f}"
            x, y = to, top
            if isinstance(knot, Bend):
                y += BOX[1]
                path += f" V{y:.1f}"
        return path

    def _port(self, knot: Knot, other: Knot, *, down: bool) -> float:
        """Where on the edge of *knot* the line to or from *other* is tied."""
        if isinstance(knot, Bend):
            return self._middle(knot)
        ends = sorted(self._ends(knot, down=down), key=lambda k: (self._middle(k), str(k)))
        return self._middle(knot) + BOX[0] * ((ends.index(other) + 1) / (len(ends) + 1) - 0.5)

    def _ends(self, box: Knot, *, down: bool) -> set[Knot]:
        """The knots that lines tie to the lower edge of *box*, or to the upper."""
        near = set()
        for way in self.layout.ways.values():
            for a, b in pairwise(way):
                pair = (a, b) if self.tops[a] < self.tops[b] else (b, a)
                if pair[0 if down else 1] == box:
                    near.add(pair[1 if down else 0])
        return near

    def _middle(self, knot: Knot) -> float:
        return self.layout.middles[knot] - GAP[0] / 2 + MARGIN
