"""Figures as rows of bars: one accessible SVG, drawn from numbers that are told beside it.

Colours are the system's, so that a picture fits a light and a dark page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from ..text import safe

LABEL, BAR, VALUE = 200, 340, 110
ROW, HEAD = 22, 34


@dataclass(frozen=True)
class Group:
    """Bars that share a scale: a heading, and for each bar a label, its length and its text."""

    title: str
    rows: Sequence[tuple[str, float, str]]


def svg(title: str, groups: Sequence[Group], prefix: str = "fep-bars") -> str:
    """The picture; *prefix* begins its ids, which must be the page's only ones of that name."""
    height = sum(HEAD + ROW * len(group.rows) for group in groups) + ROW
    width = LABEL + BAR + VALUE
    top, parts = 0, []
    for group in groups:
        parts.append(_group(group, top))
        top += HEAD + ROW * len(group.rows)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" role="img" aria-labelledby="{prefix}-title {prefix}-desc" '
        f'class="fep-bars" font-family="system-ui, sans-serif" font-size="13">'
        f'<title id="{prefix}-title">{_text(title)}</title>'
        f'<desc id="{prefix}-desc">{_text(description(groups))}</desc>{"".join(parts)}</svg>'
    )


def description(groups: Sequence[Group]) -> str:
    """The picture in words."""
    told = (
        f"{group.title}: {', '.join(f'{label} {value}' for label, _length, value in group.rows)}."
        for group in groups
    )
    return " ".join(told)


def _group(group: Group, top: int) -> str:
    longest = max((length for _label, length, _value in group.rows), default=0) or 1
    title = _text(group.title)
    head = f'<text y="{top + 22}" font-weight="bold" fill="CanvasText">{title}</text>'
    rows = (
        _row(label, length / longest, value, top + HEAD + ROW * place)
        for place, (label, length, value) in enumerate(group.rows)
    )
    return head + "".join(rows)


def _row(label: str, share: float, value: str, top: int) -> str:
    bar, line = round(BAR * share), top + 15
    name, told = _text(label), _text(value)
    return (
        f'<text x="{LABEL - 8}" y="{line}" text-anchor="end" fill="CanvasText">{name}</text>'
        f'<rect x="{LABEL}" y="{top + 3}" width="{bar}" height="{ROW - 6}" rx="2" '
        f'fill="CanvasText" fill-opacity=".5"/>'
        f'<text x="{LABEL + bar + 6}" y="{line}" fill="CanvasText">{told}</text>'
    )


def _text(text: str) -> str:
    return escape(safe(text, None))
