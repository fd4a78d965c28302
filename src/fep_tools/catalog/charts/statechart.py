"""The status machine of a process as a picture.

Drawn from the same table by which transitions are judged. Colours are the system's, so that
the picture fits a light and a dark page, and a theme may change them by class.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from itertools import pairwise

from ..._i18n import ENGLISH, Translator
from ..._text import join_words
from ...process.model import Process
from . import svg as drawing
from .layout import arrange, Bend, Edge, Knot, Layout

BOX = (112.0, 34.0)
COUNTED = 144.0
"""How wide a box is where numbers stand beside the arrows."""

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


def svg(
    process: Process,
    prefix: str = "fep-states",
    counts: Mapping[Edge, int] | None = None,
    translator: Translator = ENGLISH,
) -> str:
    """The picture; *prefix* begins its ids, which must be the page's only ones of that name.

    With *counts*, how often each step was taken stands at the head of its arrow.
    """
    drawn = edges(process)
    wide = BOX[0] if counts is None else COUNTED
    layout = arrange([s.name for s in process.statuses], drawn, wide + GAP[0], BEND + GAP[0])
    picture = _Picture(layout, prefix, counts)
    lines = "".join(picture.line(edge) for edge in drawn if _is_drawn(edge, drawn))
    boxes = "".join(map(picture.box, picture.boxes))
    return drawing.picture(
        picture.size,
        translator.gettext("How the status of a {acronym} may change", acronym=process.acronym),
        description(process, counts, translator),
        f"{drawing.arrow(prefix)}{lines}{boxes}",
        prefix=prefix,
        kind="fep-states",
    )


def description(
    process: Process, counts: Mapping[Edge, int] | None = None, translator: Translator = ENGLISH
) -> str:
    """The picture in words: from every status, where a proposal may go, and how often it did."""
    steps: dict[str, list[str]] = {}
    some = partial(join_words, last=translator.gettext("or"))
    for tail, head in edges(process):
        often = f" ({counts.get((tail, head), 0)})" if counts is not None else ""
        steps.setdefault(tail, []).append(f"{head}{often}")
    told = [
        translator.gettext("From {tail} to {heads}.", tail=t, heads=some(h))
        for t, h in steps.items()
    ]
    ends = [s.name for s in process.statuses if s.name not in steps]
    told += [translator.gettext("From {ends} to none.", ends=some(ends))] if ends else []
    return " ".join(told)


def _is_drawn(edge: Edge, drawn: tuple[Edge, ...]) -> bool:
    """Of two edges between the same boxes, one is drawn, with two heads."""
    back = edge[::-1]
    return edge[0] != edge[1] and (back not in drawn or drawn.index(edge) < drawn.index(back))


class _Picture:
    """A layout with sizes."""

    def __init__(
        self, layout: Layout, prefix: str, counts: Mapping[Edge, int] | None = None
    ) -> None:
        self.layout = layout
        self.prefix = prefix
        self.counts = counts
        self.wide = BOX[0] if counts is None else COUNTED
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
        right = max((self._middle(box) for box in self.boxes), default=0.0) + self.wide / 2
        bends = [self._middle(knot) for knot in self.tops]
        bottom = max(self.tops.values(), default=0.0) + BOX[1]
        return max([right, *bends]) + MARGIN, bottom + MARGIN

    def box(self, name: str) -> str:
        x, y = self._middle(name) - self.wide / 2, self.tops[name]
        shown = drawing.fitted(name, self.wide - 8, 14)
        return (
            f'<g class="fep-state"><rect x="{x:.1f}" y="{y:.1f}" width="{self.wide:.0f}" '
            f'height="{BOX[1]:.0f}" rx="6" fill="Canvas" stroke="currentColor"/>'
            f'<text x="{self._middle(name):.1f}" y="{y + BOX[1] / 2 + 5:.1f}" font-size="14" '
            f'text-anchor="middle" fill="CanvasText">{drawing.text(shown)}</text></g>'
        )

    def line(self, edge: Edge) -> str:
        """One edge, from top to bottom, with a head at its end or ends."""
        way = self.layout.ways[edge]
        downward = self.tops[way[0]] < self.tops[way[-1]]
        knots = way if downward else way[::-1]
        both = edge[::-1] in self.layout.ways
        marks = [("start", not downward or both), ("end", downward or both)]
        heads = "".join(
            f' marker-{end}="url(#{self.prefix}-arrow)"' for end, wanted in marks if wanted
        )
        stops = self._stops(knots)
        path = f'<path d="{drawing.curve(stops)}" fill="none" stroke="currentColor"{heads}/>'
        return (
            path
            + self._count((knots[0], knots[-1]), stops[-1][0] + 3, stops[-1][1] - 10)
            + self._count((knots[-1], knots[0]), stops[0][0] + 3, stops[0][2] + 17)
        )

    def _count(self, edge: tuple[Knot, Knot], x: float, y: float) -> str:
        """How often that step was taken, beside its arrow; nothing where there is no arrow."""
        if self.counts is None or edge not in self.layout.ways:
            return ""
        return drawing.words_at(x, y, str(self.counts.get(edge, 0)), kind="fep-often", size=11)

    def _stops(self, knots: tuple[Knot, ...]) -> list[tuple[float, float, float]]:
        """The ways through *knots*, tied to the first and the last where there is room."""
        ends = {0: knots[1], len(knots) - 1: knots[-2]}
        return [
            (
                self._port(knot, ends[at], down=at == 0) if at in ends else self._middle(knot),
                self.tops[knot],
                self.tops[knot] + (BOX[1] if at < len(knots) - 1 else 0),
            )
            for at, knot in enumerate(knots)
        ]

    def _port(self, knot: Knot, other: Knot, *, down: bool) -> float:
        """Where on the edge of *knot* the line to or from *other* is tied."""
        if isinstance(knot, Bend):
            return self._middle(knot)
        ends = sorted(self._ends(knot, down=down), key=lambda k: (self._middle(k), str(k)))
        return self._middle(knot) + self.wide * ((ends.index(other) + 1) / (len(ends) + 1) - 0.5)

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
