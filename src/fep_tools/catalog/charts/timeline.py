"""Timelines: the statuses of one proposal, a row each; and all proposals, a row each.

The stage of a status is shown by the height of its bar as well as by its color. Taller bars
mark later stages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import get_args

from ..._i18n import ENGLISH, gettext_noop, Translator
from ...process.model import Process
from ...process.schema import Stage
from ..model import Catalog, Interval
from .svg import (
    coordinate,
    document,
    link,
    PAGE_WIDTH,
    rectangle,
    SIZE,
    SMALL,
    text_element,
    text_width,
    truncate,
)  # fmt: skip

MAX_TICKS = 8

TICK_MONTHS = (1, 3, 6, 12, 24, 60, 120, 240, 600, 1200)
"""Allowed distances between ticks, in months: from a month to a century."""

STATUS_WIDTH, DATE_WIDTH, LENGTH_WIDTH = 124.0, 92.0, 92.0
"""Columns of the timeline of one proposal, in pixels."""

STATUS_HEIGHT, AXIS_HEIGHT = 28.0, 24.0
"""Height of a row of that timeline, and of the axis above the rows, in pixels."""

LABEL_WIDTH, ROW_HEIGHT = 76.0, 13.0
"""Column of labels and height of a row in the timelines of all proposals, in pixels."""

BLOCK_ROWS = 40
"""Rows between two repetitions of the axis."""

ALL_SCALE = 0.75
"""Factor of bar heights in the timelines of all proposals, so that rows do not touch."""

BAR_HEIGHTS: dict[Stage | None, float] = {
    "open": 5, "agreed": 9, "done": 13, "waiting": 3, "dead": 2, None: 3,
}  # fmt: skip
"""Height of the bar of a status, in pixels; ``None`` for an unknown status."""

STAGE_LABELS = {
    "open": gettext_noop("under discussion"),
    "agreed": gettext_noop("accepted"),
    "done": gettext_noop("final or active"),
    "waiting": gettext_noop("deferred"),
    "dead": gettext_noop("rejected, withdrawn or superseded"),
}


@dataclass(frozen=True, slots=True)
class Axis:
    """A time axis.

    :param first: The day at the left end.
    :param last: The day at the right end.
    :param left: The left end, in pixels.
    :param right: The right end, in pixels.
    """

    first: date
    last: date
    left: float
    right: float

    def position(self, day: date) -> float:
        """Return the x coordinate of *day*. Days outside the axis are moved to its ends."""
        days = max((self.last - self.first).days, 1)
        share = (day - self.first).days / days
        return self.left + (self.right - self.left) * min(max(share, 0.0), 1.0)

    @property
    def ticks(self) -> list[tuple[date, str]]:
        """The first days of some months or years, with labels such as ``2025-04`` or ``2025``.

        The distance is the smallest one that gives at most :data:`MAX_TICKS`.
        """
        for months in TICK_MONTHS:
            if len(days := list(self._first_days(months))) <= MAX_TICKS:
                break
        return [(day, str(day.year) if months >= 12 else f"{day:%Y-%m}") for day in days]

    def _first_days(self, step: int) -> Iterator[date]:
        """Return the first day of every *step*-th month on the axis.

        Months are counted from January of year 0, so that they can be divided: 2025-03 is
        month 2025 * 12 + 2. With a step of 3, ticks are in January, April, July and October.
        """
        start = self.first.year * 12 + self.first.month - 1
        for month in range(start - start % step, self.last.year * 12 + self.last.month, step):
            day = date(max(month // 12, 1), month % 12 + 1, 1)
            if self.first <= day <= self.last:
                yield day

    def grid(self, top: float, bottom: float) -> str:
        """Return a vertical line at each tick."""
        path = "".join(
            f"M{coordinate(self.position(day))} {coordinate(top)}V{coordinate(bottom)}"
            for day, _label in self.ticks
        )
        return f'<path class="fep-grid" d="{path}" stroke="GrayText" stroke-opacity=".4"/>'

    def labels(self, baseline: float) -> str:
        """Return the labels of the ticks."""
        return "".join(
            text_element(self.position(day), baseline, label, css_class="fep-mark", anchor="middle")
            for day, label in self.ticks
        )


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """A proposal in the timelines of all proposals."""

    label: str
    url: str | None
    intervals: Sequence[Interval]


def format_days(days: int, translator: Translator = ENGLISH) -> str:
    """Return a number of days, such as ``1 day`` or ``1,234 days``."""
    return translator.ngettext("1 day", "{count:,} days", days)


def format_length(interval: Interval, translator: Translator = ENGLISH) -> str:
    """Return the length of *interval*; ``until now`` for the current status."""
    if interval.days is None:
        return translator.gettext("until now")
    return format_days(interval.days, translator)


def format_starts(intervals: Iterable[Interval]) -> str:
    """Return the statuses with their first days: ``2011-03-18 Draft, 2011-06-28 Final``."""
    return ", ".join(f"{interval.start} {interval.status}" for interval in intervals)


# One proposal ------------------------------------------------------------------------------


def proposal_timeline(
    label: str, intervals: Sequence[Interval], translator: Translator = ENGLISH
) -> str:
    """Return the timeline of one proposal: a row for each status.

    :param label: The label of the proposal, such as ``FEP 11``.
    :param intervals: At least one.
    """
    axis = _axis_for(intervals)
    bottom = AXIS_HEIGHT + STATUS_HEIGHT * len(intervals)
    rows = "".join(
        _status_row(interval, axis, AXIS_HEIGHT + STATUS_HEIGHT * index, translator)
        for index, interval in enumerate(intervals)
    )
    return document(
        "fep-timeline",
        (PAGE_WIDTH, bottom + 4),
        translator.gettext("Timeline of {label}", label=label),
        describe(intervals, translator),
        axis.grid(AXIS_HEIGHT - 6, bottom) + axis.labels(12) + rows,
    )


def describe(intervals: Iterable[Interval], translator: Translator = ENGLISH) -> str:
    """Return the timeline in words: ``Draft from 2011-03-18, 102 days; Final from ...``."""
    parts = (
        translator.gettext(
            "{status} from {day}, {length}",
            status=interval.status,
            day=interval.start,
            length=format_length(interval, translator),
        )
        for interval in intervals
    )
    return f"{'; '.join(parts)}."


def _axis_for(intervals: Sequence[Interval]) -> Axis:
    """Return an axis that ends somewhat after the last known day, to show the current status.

    It does not end today, or the page would change with every build.
    """
    first = min(interval.start for interval in intervals)
    last = max(interval.end or interval.start for interval in intervals)
    margin = timedelta(days=max((last - first).days // 8, 30))
    right = PAGE_WIDTH - LENGTH_WIDTH
    return Axis(first, min(last, date.max - margin) + margin, STATUS_WIDTH + DATE_WIDTH, right)


def _status_row(interval: Interval, axis: Axis, top: float, translator: Translator) -> str:
    baseline = top + STATUS_HEIGHT / 2 + 4
    status = truncate(interval.status, STATUS_WIDTH - 10, SIZE)
    length = format_length(interval, translator)
    return (
        text_element(0, baseline, status, css_class="fep-name")
        + text_element(STATUS_WIDTH, baseline, interval.start.isoformat())
        + _bar(interval, axis, top + STATUS_HEIGHT / 2)
        + text_element(PAGE_WIDTH, baseline, length, anchor="end", css_class="fep-mark")
    )


def _bar(interval: Interval, axis: Axis, middle: float, scale: float = 1) -> str:
    """Return the bar of an interval, at least 2 pixels wide: a day among years stays visible."""
    left = axis.position(interval.start)
    width = max(axis.position(interval.end or axis.last) - left, 2)
    return _stage_bar(interval.stage, left, middle, width, scale)


def _stage_bar(stage: Stage | None, left: float, middle: float, width: float, scale: float) -> str:
    height = BAR_HEIGHTS[stage] * scale
    return rectangle(
        left,
        middle - height / 2,
        width,
        height,
        f"fep-stage-{stage or 'unknown'}",
        'fill="CanvasText" fill-opacity=".6"',
    )


# All proposals -----------------------------------------------------------------------------


def timeline_rows(
    catalog: Catalog, process: Process, url_of: Callable[[int], str]
) -> list[TimelineRow]:
    """Return a row for each proposal with a known history.

    :param url_of: Returns the URL of the page of a number.
    """
    return [
        TimelineRow(process.label(entry.number), url_of(entry.number), entry.intervals)
        for entry in catalog.proposals
        if entry.intervals
    ]


def all_timelines(
    title: str, rows: Sequence[TimelineRow], until: date, translator: Translator = ENGLISH
) -> str:
    """Return the timelines of all proposals on one axis.

    :param until: The right end of the axis: the day of the latest event.
    """
    first = min((interval.start for row in rows for interval in row.intervals), default=until)
    axis = Axis(first, until, LABEL_WIDTH, PAGE_WIDTH - 28)
    parts, top = [_legend(12, translator)], 26.0
    for start in range(0, len(rows), BLOCK_ROWS):
        block = rows[start : start + BLOCK_ROWS]
        bottom = top + AXIS_HEIGHT + ROW_HEIGHT * len(block)
        parts += [axis.labels(top + 13), axis.grid(top + AXIS_HEIGHT - 6, bottom)]
        parts += [
            _proposal_row(row, axis, top + AXIS_HEIGHT + ROW_HEIGHT * index)
            for index, row in enumerate(block)
        ]
        top = bottom + 6
    description = translator.ngettext(
        "One row for {count} proposal. Taller bars mark later stages.",
        "One row for each of {count} proposals. Taller bars mark later stages.",
        len(rows),
    )
    return document(
        "fep-timelines", (PAGE_WIDTH, top), title, description, "".join(parts), has_links=True
    )


def _proposal_row(row: TimelineRow, axis: Axis, top: float) -> str:
    label = text_element(LABEL_WIDTH - 8, top + 10, row.label, anchor="end", size=SMALL)
    bars = (_bar(each, axis, top + ROW_HEIGHT / 2, ALL_SCALE) for each in row.intervals)
    return link(label, row.url, focusable=False) + "".join(bars)


def _legend(baseline: float, translator: Translator) -> str:
    """Return a bar of each stage with its meaning, side by side."""
    parts, left = [], 0.0
    for stage in get_args(Stage):
        label = translator.gettext(STAGE_LABELS[stage])
        parts.append(_stage_bar(stage, left, baseline - 4, 18, ALL_SCALE))
        parts.append(text_element(left + 24, baseline, label))
        left += 40 + text_width(label, SIZE)
    return "".join(parts)
