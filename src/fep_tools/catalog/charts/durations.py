"""How long things take: from when a quarter is over until three quarters are, and the half."""

from __future__ import annotations

from collections.abc import Mapping

from ..._i18n import ENGLISH, Translator
from ...history.stats import DurationQuartiles
from .axis import counted
from .svg import fitted, number, picture, SIZE, words_at

WIDTH, NAME, TAIL, ROW = 736.0, 170.0, 150.0, 28.0


def svg(
    title: str,
    stays: Mapping[str, DurationQuartiles],
    prefix: str,
    translator: Translator = ENGLISH,
) -> str:
    """A row for each of *stays*; what is not over yet for three quarters is open at its end."""
    known = [d for stay in stays.values() for d in (stay.first, stay.median, stay.third) if d]
    unit = (WIDTH - NAME - TAIL) / max(known, default=1)
    rows = "".join(
        _row(name, stay, unit, ROW * at, translator)
        for at, (name, stay) in enumerate(stays.items())
    )
    size = (WIDTH, ROW * len(stays) + 2)
    return picture(
        size, title, description(stays, translator), rows, prefix=prefix, kind="fep-stays"
    )


def description(stays: Mapping[str, DurationQuartiles], translator: Translator = ENGLISH) -> str:
    """The rows in words."""
    return " ".join(f"{name}: {told(stay, translator)}." for name, stay in stays.items())


def told(stay: DurationQuartiles, translator: Translator = ENGLISH) -> str:
    """After how many days half are over, and of how many that is known."""
    over = {"ended": stay.over, "count": stay.count}
    if stay.median is None:
        return translator.gettext("half not yet over, {ended} of {count} over", **over)
    half = counted(stay.median, translator)
    return translator.gettext("half after {half}, {ended} of {count} over", half=half, **over)


def _row(
    name: str, stay: DurationQuartiles, unit: float, top: float, translator: Translator
) -> str:
    line = top + ROW / 2 + 4
    median = (
        counted(stay.median, translator)
        if stay.median is not None
        else translator.gettext("not yet known")
    )
    return (
        words_at(0, line, fitted(name, NAME - 10, SIZE), kind="fep-name")
        + _bar(stay, unit, top + ROW / 2)
        + words_at(WIDTH, line, median, anchor="end")
    )


def _bar(stay: DurationQuartiles, unit: float, middle: float) -> str:
    """The middle half of the stays, and a mark where half of all are over."""
    if stay.first is None:
        return ""
    left = NAME + stay.first * unit
    right = WIDTH - TAIL if stay.third is None else NAME + stay.third * unit
    faint = ' stroke="CanvasText" stroke-dasharray="4 3"' if stay.third is None else ""
    bar = (
        f'<rect class="fep-range" x="{number(left)}" y="{number(middle - 6)}" '
        f'width="{number(max(right - left, 2))}" height="12" fill="CanvasText" '
        f'fill-opacity=".35"{faint}/>'
    )
    if stay.median is None:
        return bar
    x = number(NAME + stay.median * unit - 1.5)
    mark = f'<rect class="fep-half" x="{x}" y="{number(middle - 10)}" width="3" height="20" '
    return f'{bar}{mark}fill="CanvasText"/>'
