"""When proposals got their statuses: of one proposal in steps, of all of them in rows.

How far along a status is, is told by the height of its bar as well as by its colour.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import get_args

from ..._i18n import ENGLISH, gettext_noop, Translator
from ...process.schema import Stage
from ..model import Interval
from .axis import Axis, counted
from .svg import fitted, linked, number, picture, SIZE, SMALL, width, words_at

WIDTH = 736.0

NAME, DAY, TAIL, STEP, HEAD = 124.0, 92.0, 92.0, 28.0, 24.0
"""Of one proposal: the columns of names, of days and of lengths; a row; and the axis above."""

LABEL, ROW, BLOCK = 76.0, 13.0, 40
"""Of all proposals: the column of names, a row, and after how many the axis is named again."""

THIN = 0.75
"""How high the bars are there, so that those of two rows stay apart."""

HEIGHTS: dict[Stage | None, float] = {
    "open": 5, "agreed": 9, "done": 13, "waiting": 3, "dead": 2, None: 3,
}  # fmt: skip
"""How high the bar of a status is."""

MEANT = {
    "open": gettext_noop("under discussion"),
    "agreed": gettext_noop("agreed"),
    "done": gettext_noop("in force or done"),
    "waiting": gettext_noop("waiting"),
    "dead": gettext_noop("given up or replaced"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One proposal among all: what it is called, where its page is, and what it was."""

    label: str
    title: str
    address: str | None
    stays: Sequence[Interval]


# One proposal ------------------------------------------------------------------------------


def one(
    label: str,
    found: Sequence[Interval],
    prefix: str = "fep-timeline",
    translator: Translator = ENGLISH,
) -> str:
    """The steps of one proposal; what lasts still is open at its end."""
    axis = _own_axis(found)
    bottom = HEAD + STEP * len(found)
    rows = "".join(_step(stay, axis, HEAD + STEP * at, translator) for at, stay in enumerate(found))
    content = axis.grid(HEAD - 6, bottom) + axis.names(12) + rows
    return picture(
        (WIDTH, bottom + 4),
        translator.gettext("Timeline of {label}", label=label),
        told(found, translator),
        content,
        prefix=prefix,
        kind="fep-timeline",
    )


def told(found: Iterable[Interval], translator: Translator = ENGLISH) -> str:
    """The statuses in words."""
    parts = (
        translator.gettext(
            "{status} from {day}, {length}",
            status=s.status,
            day=s.start,
            length=length(s, translator),
        )
        for s in found
    )
    return f"{'; '.join(parts)}."


def since(found: Iterable[Interval]) -> str:
    """The statuses and their first days."""
    return ", ".join(f"{stay.start} {stay.status}" for stay in found)


def length(stay: Interval, translator: Translator = ENGLISH) -> str:
    """How long *stay* lasted."""
    return translator.gettext("until now") if stay.days is None else counted(stay.days, translator)


def _own_axis(found: Sequence[Interval]) -> Axis:
    """From the first day to the last that is known, and a little more."""
    first = min(stay.start for stay in found)
    last = max(stay.end or stay.start for stay in found)
    more = timedelta(days=max((last - first).days // 8, 30))
    return Axis(first, min(last, date.max - more) + more, NAME + DAY, WIDTH - TAIL)


def _step(stay: Interval, axis: Axis, top: float, translator: Translator) -> str:
    line = top + STEP / 2 + 4
    return (
        words_at(0, line, fitted(stay.status, NAME - 10, SIZE), kind="fep-name")
        + words_at(NAME, line, stay.start.isoformat())
        + _bar(stay, axis, top + STEP / 2)
        + words_at(WIDTH, line, length(stay, translator), anchor="end", kind="fep-mark")
    )


def _bar(stay: Interval, axis: Axis, middle: float, thick: float = 1) -> str:
    """Its days, at least so many that they can be seen."""
    left, high = axis.place(stay.start), HEIGHTS[stay.stage] * thick
    wide = max(axis.place(stay.end or axis.last) - left, 2)
    return (
        f'<rect class="fep-stage-{stay.stage or "unknown"}" x="{number(left)}" '
        f'y="{number(middle - high / 2)}" width="{number(wide)}" height="{number(high)}" '
        'fill="CanvasText" fill-opacity=".6"/>'
    )


# All proposals -----------------------------------------------------------------------------


def every(
    title: str,
    rows: Sequence[Row],
    until: date,
    prefix: str = "fep-timelines",
    translator: Translator = ENGLISH,
) -> str:
    """A row for each proposal, all on one axis, which ends at *until*."""
    first = min((stay.start for row in rows for stay in row.stays), default=until)
    axis = Axis(first, until, LABEL, WIDTH - 28)
    parts, top = [_legend(12, translator)], 26.0
    for at in range(0, len(rows), BLOCK):
        block = rows[at : at + BLOCK]
        bottom = top + HEAD + ROW * len(block)
        parts += [axis.names(top + 13), axis.grid(top + HEAD - 6, bottom)]
        parts += [_row(row, axis, top + HEAD + ROW * place) for place, row in enumerate(block)]
        top = bottom + 6
    words = translator.ngettext(
        "One row for {count} proposal; the table has the same in words.",
        "One row for each of {count} proposals; the table has the same in words.",
        len(rows),
    )
    kind = "fep-timelines"
    return picture((WIDTH, top), title, words, "".join(parts), prefix=prefix, kind=kind, links=True)


def _row(row: Row, axis: Axis, top: float) -> str:
    name = words_at(LABEL - 8, top + 10, row.label, anchor="end", size=SMALL)
    bars = "".join(_bar(stay, axis, top + ROW / 2, THIN) for stay in row.stays)
    return linked(name, row.address, stop=False) + bars


def _legend(baseline: float, translator: Translator) -> str:
    """What the colours and the heights mean."""
    parts, left = [], 0.0
    for stage in get_args(Stage):
        high, name = HEIGHTS[stage] * THIN, translator.gettext(MEANT[stage])
        parts.append(
            f'<rect class="fep-stage-{stage}" x="{number(left)}" '
            f'y="{number(baseline - 4 - high / 2)}" width="18" height="{number(high)}" '
            f'fill="CanvasText" fill-opacity=".6"/>{words_at(left + 24, baseline, name)}'
        )
        left += 40 + width(name, SIZE)
    return "".join(parts)
