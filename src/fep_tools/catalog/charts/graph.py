"""The graph of relations: which proposals require and supersede each other.

Related proposals are drawn together, as a group; groups are put side by side. A group with more
than :data:`MAX_GROUP_SIZE` proposals or :data:`MAX_GROUP_RELATIONS` relations is left out: it
could not be read, and its layout would take long. The table below the graph has all of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal

from ..._i18n import ENGLISH, gettext_noop, Translator
from ..._text import join_words
from ...process.model import Process
from ...process.schema import Stage
from ..model import CatalogEntry
from .layout import arrange_within, Node, Path
from .svg import (
    arrow_marker,
    coordinate,
    curve,
    document,
    escape_text,
    link,
    PAGE_WIDTH,
    rectangle,
    SIZE,
    SMALL,
    text_element,
    truncate,
    wrap,
)  # fmt: skip

NAME = "fep-relations"
BOX_WIDTH, BOX_HEIGHT = 154.0, 58.0
TITLE_LINES = 2
COLUMN_GAP, ROW_GAP = 16.0, 34.0
WAYPOINT_WIDTH = 12.0
GROUP_GAP = 22.0
MARGIN = 2.0
"""Room for the outlines of the outermost boxes."""

MAX_GROUP_SIZE = 30
MAX_GROUP_RELATIONS = 90

RelationKind = Literal["requires", "superseded by"]

VERBS: dict[RelationKind, str] = {
    "requires": gettext_noop("requires"),
    "superseded by": gettext_noop("is superseded by"),
}


@dataclass(frozen=True, slots=True)
class Box:
    """A proposal in the graph.

    :param label: The label of the proposal, such as ``FEP 11``.
    :param is_current: True for the proposal whose page the graph is on.
    """

    label: str
    title: str = ""
    status: str = ""
    stage: Stage | None = None
    url: str | None = None
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation of two proposals: *source* requires *target*, or is superseded by it."""

    source: int
    target: int
    kind: RelationKind


def proposal_box(
    entry: CatalogEntry, process: Process, url_of: Callable[[int], str], *, is_current: bool = False
) -> Box:
    """Return the box of a proposal.

    :param url_of: Returns the URL of the page of a number.
    """
    status = process.status(entry.status)
    return Box(
        process.label(entry.number),
        entry.title or "",
        entry.status or "",
        status.stage if status else None,
        None if is_current else url_of(entry.number),
        is_current,
    )


def relations_of(entries: Iterable[CatalogEntry]) -> list[Relation]:
    """Return all relations of *entries*, sorted.

    A relation may be declared at either end ("Replaces" or "Superseded-By"), or at both.
    """
    relations: set[Relation] = set()
    for entry in entries:
        number = entry.number
        relations.update(Relation(number, other, "requires") for other in entry.requires)
        relations.update(Relation(other, number, "requires") for other in entry.required_by)
        relations.update(Relation(number, other, "superseded by") for other in entry.superseded_by)
        relations.update(Relation(other, number, "superseded by") for other in entry.replaces)
    return sorted(
        (relation for relation in relations if relation.source != relation.target),
        key=lambda relation: (relation.source, relation.target, relation.kind),
    )


def group_numbers(relations: Iterable[Relation]) -> list[tuple[int, ...]]:
    """Return the numbers that are related, directly or not, as groups; the largest first.

    1 requires 2, 3 requires 2 and 5 requires 6 give (1, 2, 3) and (5, 6).
    """
    groups: dict[int, set[int]] = {}  # the group of each number; members share one set
    for relation in relations:
        ends = (groups.setdefault(end, {end}) for end in (relation.source, relation.target))
        small, large = sorted(ends, key=len)
        if small is not large:  # the two groups become one: the smaller joins the larger
            large |= small
            groups.update(dict.fromkeys(small, large))
    distinct = {id(group): group for group in groups.values()}
    return sorted(
        (tuple(sorted(group)) for group in distinct.values()),
        key=lambda group: (-len(group), group),
    )


def relation_graph(
    title: str,
    boxes: Mapping[int, Box],
    relations: Sequence[Relation],
    translator: Translator = ENGLISH,
) -> str:
    """Return the graph.

    :param boxes: The proposals by number. Relations to other numbers are left out.
    """
    relations = [each for each in relations if each.source in boxes and each.target in boxes]
    outgoing = Counter(relation.source for relation in relations)
    groups = [
        _Group(numbers, relations, boxes)
        for numbers in group_numbers(relations)
        if len(numbers) <= MAX_GROUP_SIZE
        and sum(outgoing[number] for number in numbers) <= MAX_GROUP_RELATIONS
    ]
    positions, size = _pack([group.size for group in groups])
    content = "".join(
        f'<g transform="translate({coordinate(x)} {coordinate(y)})">{group.content}</g>'
        for (x, y), group in zip(positions, groups, strict=True)
    )
    return document(
        NAME,
        size,
        title,
        describe(boxes, relations, translator),
        arrow_marker(NAME) + content,
        has_links=True,
    )


def describe(
    boxes: Mapping[int, Box], relations: Iterable[Relation], translator: Translator = ENGLISH
) -> str:
    """Return the graph in words: ``FEP 1 requires FEP 2 and FEP 3.``"""
    targets: dict[tuple[int, RelationKind], list[str]] = {}
    for relation in relations:
        label = boxes[relation.target].label
        targets.setdefault((relation.source, relation.kind), []).append(label)
    join = partial(join_words, last=translator.gettext("and"))
    return " ".join(
        f"{boxes[source].label} {translator.gettext(VERBS[kind])} {join(labels)}."
        for (source, kind), labels in sorted(targets.items())
    )


def _pack(
    sizes: Sequence[tuple[float, float]],
) -> tuple[list[tuple[float, float]], tuple[float, float]]:
    """Put groups side by side, as words in lines, in rows no wider than a page.

    :return: The position of each group, and the size of all of them.
    """
    positions: list[tuple[float, float]] = []
    x = y = row_height = widest = 0.0
    for width, height in sizes:
        if x and x + width > PAGE_WIDTH:
            x, y, row_height = 0.0, y + row_height + GROUP_GAP, 0.0
        positions.append((x, y))
        widest = max(widest, x + width)
        x, row_height = x + width + GROUP_GAP, max(row_height, height)
    return positions, (widest, y + row_height)


class _Group:
    """Related proposals with their positions."""

    def __init__(
        self, numbers: Sequence[int], relations: Sequence[Relation], boxes: Mapping[int, Box]
    ) -> None:
        self.boxes = {str(number): boxes[number] for number in numbers}
        self.kinds = {
            (str(each.source), str(each.target)): each.kind
            for each in relations
            if each.source in numbers
        }
        self.layout = arrange_within(
            list(self.boxes),
            list(self.kinds),
            BOX_WIDTH + COLUMN_GAP,
            WAYPOINT_WIDTH + COLUMN_GAP,
            PAGE_WIDTH - 2 * MARGIN + COLUMN_GAP,  # no gap is drawn at either end of a row
        )
        self.tops = {
            node: MARGIN + index * (BOX_HEIGHT + ROW_GAP)
            for index, row in enumerate(self.layout.rows)
            for node in row
        }

    @property
    def size(self) -> tuple[float, float]:
        right = max(
            self._center(node) + (BOX_WIDTH / 2 if node in self.boxes else 0) for node in self.tops
        )
        return right + MARGIN, max(self.tops.values()) + BOX_HEIGHT + MARGIN

    @property
    def content(self) -> str:
        paths = self.layout.paths.items()
        lines = "".join(self._line(path, self.kinds[edge]) for edge, path in paths)
        return lines + "".join(self._box(node, box) for node, box in self.boxes.items())

    def _box(self, node: str, box: Box) -> str:
        x, y, room = self._center(node) - BOX_WIDTH / 2, self.tops[node], BOX_WIDTH - 16
        tooltip = ": ".join(filter(None, (box.label, box.title, box.status)))
        outline = ' stroke-width="2.5"' if box.is_current else ""
        shape = rectangle(
            x,
            y,
            BOX_WIDTH,
            BOX_HEIGHT,
            f"fep-box-{box.stage or 'unknown'}",
            f'rx="6" fill="Canvas" stroke="CanvasText"{outline}',
        )
        label = truncate(box.label, room / 2, SIZE)
        status = truncate(box.status, room / 2, SMALL)
        lines = enumerate(wrap(box.title, room, SMALL, TITLE_LINES))
        title = "".join(
            text_element(x + 8, y + 35 + 14 * index, line, size=SMALL) for index, line in lines
        )
        content = (
            f"<title>{escape_text(tooltip)}</title>{shape}"
            + text_element(x + 8, y + 18, label, css_class="fep-name")
            + text_element(x + BOX_WIDTH - 8, y + 18, status, anchor="end", size=SMALL)
            + title
        )
        return link(content, box.url) if box.url else f"<g>{content}</g>"

    def _line(self, path: Path, kind: RelationKind) -> str:
        """Return the line from the source to the target, with an arrowhead at the target.

        Lines are always drawn downwards. The arrowhead of a reversed edge is at its start.
        """
        is_downward = self.tops[path[0]] < self.tops[path[-1]]
        nodes = path if is_downward else path[::-1]
        head = "end" if is_downward else "start"
        dashes = ' stroke-dasharray="5 4"' if kind == "superseded by" else ""
        stops = [self._stop(node, is_last=node == nodes[-1]) for node in nodes]
        return (
            f'<path d="{curve(stops)}" fill="none" '
            f'stroke="currentColor"{dashes} marker-{head}="url(#{NAME}-arrow)"/>'
        )

    def _stop(self, node: Node, *, is_last: bool) -> tuple[float, float, float]:
        top = self.tops[node]
        return self._center(node), top, top if is_last else top + BOX_HEIGHT

    def _center(self, node: Node) -> float:
        # The layout counts half a gap on each side of a node; the first has no neighbor there.
        return self.layout.centers[node] - COLUMN_GAP / 2 + MARGIN
