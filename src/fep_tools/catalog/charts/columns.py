"""Numbers by year as columns, each made of parts that add up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .svg import number, picture, SIZE, SMALL, width, words_at

WIDTH, HEIGHT = 736.0, 200.0
LEGEND, FOOT, WIDEST = 34.0, 20.0, 54.0

Columns = Mapping[str, Sequence[int]]
"""For each column its name, and how much each part adds."""


def svg(title: str, parts: Sequence[str], columns: Columns, prefix: str) -> str:
    """The columns; a part is as dark as it is far down in the list of *parts*."""
    wide = min(WIDTH / max(len(columns), 1), WIDEST)
    tallest = max(map(sum, columns.values()), default=0) or 1
    drawn = "".join(
        _column(at * wide, wide, name, counts, HEIGHT / tallest)
        for at, (name, counts) in enumerate(columns.items())
    )
    size = (max(wide * len(columns), _legend_width(parts)), LEGEND + HEIGHT + FOOT)
    content = _legend(parts) + drawn
    words = description(parts, columns)
    return picture(size, title, words, content, prefix=prefix, kind="fep-columns")


def description(parts: Sequence[str], columns: Columns) -> str:
    """The columns in words."""
    return " ".join(
        f"{name}: {', '.join(f'{n} {part}' for part, n in zip(parts, counts, strict=True) if n)}."
        for name, counts in columns.items()
    )


def _column(left: float, wide: float, name: str, counts: Sequence[int], unit: float) -> str:
    """One column from the ground up, its sum above it, and its name below."""
    top, made, middle = LEGEND + HEIGHT, [], left + wide / 2
    for part, count in enumerate(counts):
        top -= count * unit
        made.append(_rectangle(part, (left + wide * 0.12, top), (wide * 0.76, count * unit)))
    told = str(sum(counts) or "")
    total = words_at(middle, top - 4, told, anchor="middle", size=SMALL)
    shown = name if wide >= width(name, SMALL) else f"’{name[-2:]}"
    foot = words_at(middle, LEGEND + HEIGHT + 15, shown, anchor="middle", size=SMALL)
    return "".join(made) + total + foot


def _rectangle(part: int, place: tuple[float, float], size: tuple[float, float]) -> str:
    x, y, wide, high = map(number, (*place, *size))
    return (
        f'<rect class="fep-part-{part}" x="{x}" y="{y}" width="{wide}" height="{high}" '
        f'fill="CanvasText" fill-opacity="{max(0.85 - 0.28 * part, 0.15):.2f}"/>'
    )


def _legend(parts: Sequence[str]) -> str:
    made, left = [], 0.0
    for place, part in enumerate(parts):
        made.append(_rectangle(place, (left, 2), (12, 12)) + words_at(left + 18, 13, part))
        left += 40 + width(part, SIZE)
    return "".join(made)


def _legend_width(parts: Sequence[str]) -> float:
    return sum(40 + width(part, SIZE) for part in parts)
