"""Figures as rows of bars: one accessible SVG, drawn from numbers that are told beside it.

Colours are the system's, so that a picture fits a light and a dark page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .svg import fitted, picture, SIZE, words_at

LABEL, BAR, VALUE = 200, 340, 110
ROW, HEAD = 22, 34


@dataclass(frozen=True)
class Group:
    """Bars that share a scale: a heading, and for each bar a label, its length and its text."""

    title: str
    rows: Sequence[tuple[str, float, str]]


def svg(title: str, groups: Sequence[Group], prefix: str = "fep-bars") -> str:
    """The picture; *prefix* begins its ids, which must be the page's only ones of that name."""
    top, parts = 0, []
    for group in groups:
        parts.append(_group(group, top))
        top += HEAD + ROW * len(group.rows)
    size = (LABEL + BAR + VALUE, top + ROW)
    words = description(groups)
    return picture(size, title, words, "".join(parts), prefix=prefix, kind="fep-bars")


def description(groups: Sequence[Group]) -> str:
    """The picture in words."""
    told = (
        f"{group.title}: {', '.join(f'{label} {value}' for label, _length, value in group.rows)}."
        for group in groups
    )
    return " ".join(told)


def _group(group: Group, top: int) -> str:
    longest = max((length for _label, length, _value in group.rows), default=0) or 1
    rows = (
        _row(label, length / longest, value, top + HEAD + ROW * place)
        for place, (label, length, value) in enumerate(group.rows)
    )
    head = words_at(0, top + 22, group.title, kind="fep-name")
    return f'<g font-weight="bold">{head}</g>{"".join(rows)}'


def _row(label: str, share: float, value: str, top: int) -> str:
    bar, line = round(BAR * share), top + 15
    name = fitted(label, LABEL - 8, SIZE)
    told = fitted(value, BAR - bar + VALUE - 6, SIZE)
    return (
        f"{words_at(LABEL - 8, line, name, anchor='end')}"
        f'<rect x="{LABEL}" y="{top + 3}" width="{bar}" height="{ROW - 6}" rx="2" '
        'fill="CanvasText" fill-opacity=".5"/>'
        f"{words_at(LABEL + bar + 6, line, told)}"
    )
