"""Which proposals need and replace each other: a graph of boxes and arrows.

Proposals that have to do with each other are drawn together, and those groups side by side.
A group of more than :data:`LARGEST`, or with more than :data:`MOST` ties, is not drawn:
nobody could follow its lines, and to lay them out takes long.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal

from ..._i18n import ENGLISH, gettext_noop, Translator
from ..._text import join_words
from ...process.schema import Stage
from .layout import arrange, Knot, Layout
from .svg import arrow, curve, fitted, linked, number, picture, SIZE, SMALL, text, words_at

BOX = (162.0, 44.0)
GAP = (18.0, 34.0)
BEND = 12.0
APART = 22.0
"""Between two groups."""

WIDTH = 736.0
LARGEST = 30
MOST = 90

Kind = Literal["requires", "superseded by"]

VERBS: dict[Kind, str] = {
    "requires": gettext_noop("requires"),
    "superseded by": gettext_noop("is superseded by"),
}


@dataclass(frozen=True, slots=True)
class Box:
    """A proposal: how it is spoken of, its title, its status, and where its page is."""

    label: str
    title: str = ""
    status: str = ""
    stage: Stage | None = None
    address: str | None = None
    here: bool = False


@dataclass(frozen=True, slots=True)
class Tie:
    """One proposal requires another, or is superseded by it."""

    tail: int
    head: int
    kind: Kind


def groups(ties: Iterable[Tie]) -> list[tuple[int, ...]]:
    """The numbers that ties bind together, directly or not; the largest group comes first."""
    found: dict[int, set[int]] = {}
    for tie in ties:
        ends = (found.setdefault(end, {end}) for end in (tie.tail, tie.head))
        small, large = sorted(ends, key=len)
        if small is not large:
            large |= small
            found.update(dict.fromkeys(small, large))
    unlike = {id(group): group for group in found.values()}
    made = [tuple(sorted(group)) for group in unlike.values()]
    return sorted(made, key=lambda group: (-len(group), group))


def svg(
    title: str,
    boxes: Mapping[int, Box],
    ties: Sequence[Tie],
    prefix: str = "fep-relations",
    translator: Translator = ENGLISH,
) -> str:
    """The graph of *boxes*, by number; a tie to a number that is not among them is left out."""
    known = [tie for tie in ties if tie.tail in boxes and tie.head in boxes]
    tied = Counter(tie.tail for tie in known)
    drawn = [
        group
        for group in groups(known)
        if len(group) <= LARGEST and sum(tied[one] for one in group) <= MOST
    ]
    made = [_Group(group, known, boxes, prefix) for group in drawn]
    places, size = _packed([group.size for group in made])
    content = "".join(
        f'<g transform="translate({number(x)} {number(y)})">{group.content}</g>'
        for (x, y), group in zip(places, made, strict=True)
    )
    words = description(boxes, known, translator)
    content = arrow(prefix) + content
    return picture(size, title, words, content, prefix=prefix, kind="fep-relations", links=True)


def description(
    boxes: Mapping[int, Box], ties: Iterable[Tie], translator: Translator = ENGLISH
) -> str:
    """The graph in words."""
    told: dict[tuple[int, Kind], list[str]] = {}
    some = partial(join_words, last=translator.gettext("and"))
    for tie in ties:
        told.setdefault((tie.tail, tie.kind), []).append(boxes[tie.head].label)
    return " ".join(
        f"{boxes[tail].label} {translator.gettext(VERBS[kind])} {some(heads)}."
        for (tail, kind), heads in sorted(told.items())
    )


def _packed(
    sizes: Sequence[tuple[float, float]],
) -> tuple[list[tuple[float, float]], tuple[float, float]]:
    """Where each group goes, in rows as wide as a page, and how large all of them are."""
    places: list[tuple[float, float]] = []
    x = y = row = widest = 0.0
    for wide, high in sizes:
        if x and x + wide > WIDTH:
            x, y, row = 0.0, y + row + APART, 0.0
        places.append((x, y))
        widest = max(widest, x + wide)
        x, row = x + wide + APART, max(row, high)
    return places, (widest, y + row)


class _Group:
    """Proposals that have to do with each other, laid out."""

    def __init__(
        self, numbers: Sequence[int], ties: Sequence[Tie], boxes: Mapping[int, Box], prefix: str
    ) -> None:
        self.boxes = {str(n): boxes[n] for n in numbers}
        self.prefix = prefix
        self.kinds = {(str(t.tail), str(t.head)): t.kind for t in ties if str(t.tail) in self.boxes}
        self.layout: Layout = arrange(
            list(self.boxes), list(self.kinds), BOX[0] + GAP[0], BEND + GAP[0]
        )
        self.tops = {
            knot: 2 + at * (BOX[1] + GAP[1])
            for at, row in enumerate(self.layout.rows)
            for knot in row
        }

    @property
    def size(self) -> tuple[float, float]:
        right = max(self._middle(k) + (BOX[0] / 2 if k in self.boxes else 0) for k in self.tops)
        return right + 2, max(self.tops.values()) + BOX[1] + 2

    @property
    def content(self) -> str:
        lines = "".join(self._line(way, self.kinds[e]) for e, way in self.layout.ways.items())
        return lines + "".join(self._box(knot, box) for knot, box in self.boxes.items())

    def _box(self, knot: str, box: Box) -> str:
        x, y, room = self._middle(knot) - BOX[0] / 2, self.tops[knot], BOX[0] - 16
        whole = ": ".join(filter(None, (box.label, box.title, box.status)))
        heavy = ' stroke-width="2.5"' if box.here else ""
        shape = (
            f'<rect class="fep-box-{box.stage or "unknown"}" x="{number(x)}" y="{number(y)}" '
            f'width="{number(BOX[0])}" height="{number(BOX[1])}" rx="6" fill="Canvas" '
            f'stroke="CanvasText"{heavy}/>'
        )
        label = words_at(x + 8, y + 18, fitted(box.label, room / 2, SIZE), kind="fep-name")
        status = fitted(box.status, room / 2, SMALL)
        label += words_at(x + BOX[0] - 8, y + 18, status, anchor="end", size=SMALL)
        title = words_at(x + 8, y + 35, fitted(box.title, room, SMALL), size=SMALL)
        content = f"<title>{text(whole)}</title>{shape}{label}{title}"
        return linked(content, box.address) if box.address else f"<g>{content}</g>"

    def _line(self, way: Sequence[Knot], kind: Kind) -> str:
        """From the lower edge of a box to the upper one of another, or the other way round."""
        downward = self.tops[way[0]] < self.tops[way[-1]]
        knots = list(way if downward else reversed(way))
        head = "end" if downward else "start"
        dashes = ' stroke-dasharray="5 4"' if kind == "superseded by" else ""
        return (
            f'<path d="{curve([self._stop(knot, knots[-1]) for knot in knots])}" fill="none" '
            f'stroke="currentColor"{dashes} marker-{head}="url(#{self.prefix}-arrow)"/>'
        )

    def _stop(self, knot: Knot, last: Knot) -> tuple[float, float, float]:
        top = self.tops[knot]
        return self._middle(knot), top, top if knot == last else top + BOX[1]

    def _middle(self, knot: Knot) -> float:
        return self.layout.middles[knot] - GAP[0] / 2 + 2
