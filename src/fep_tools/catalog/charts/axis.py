"""Axes of time, in days or in dates, with labels that fit a phone.

Positions are shares of the width, from 0 to 1, so that a chart is as wide as its box.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from ..._i18n import ENGLISH, Translator
from .svg import coordinate, percent, text_element

MAX_TICKS = 6
"""The most labels that fit beside each other on a phone."""

TICK_MONTHS = (1, 3, 6, 12, 24, 36, 48, 60, 120, 240, 600, 1200, 6000, 12000)
"""Allowed distances between ticks, in months: from a month to a millennium."""

NEAR = 0.13
"""The share of the axis that a label at one end takes; no other label is that near to it."""

EDGE = 0.08
"""The share of the axis in which a label that is centered would not be inside."""

YEAR = 365.25
"""Days."""

Tick = tuple[float, str]
"""The position and the label of a tick."""


@dataclass(frozen=True, slots=True)
class TimeAxis:
    """An axis of dates, from the day *first* to the day *last*."""

    first: date
    last: date

    def position(self, day: date) -> float:
        """Return the position of *day*. Days outside the axis are moved to its ends."""
        days = max((self.last - self.first).days, 1)
        return min(max((day - self.first).days / days, 0.0), 1.0)

    @property
    def ticks(self) -> list[Tick]:
        """The first days of some months or years, labelled such as ``2025-04`` or ``2025``.

        The distance is the smallest one that gives at most :data:`MAX_TICKS`.
        """
        for months in TICK_MONTHS:
            if len(days := list(self._first_days(months))) <= MAX_TICKS:
                break
        return [
            (self.position(day), str(day.year) if months >= 12 else f"{day:%Y-%m}") for day in days
        ]

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

    def ticks_until(self, end: str) -> list[Tick]:
        """Return the ticks, with *end* as the label of the right end."""
        return [*(tick for tick in self.ticks if tick[0] < 1 - NEAR), (1.0, end)]


def axis_until(first: date, last: date, today: date) -> TimeAxis:
    """Return an axis that ends today, to half a percent.

    A page that is built every day should not differ every day. The end of an axis of 15 years
    therefore moves every 16 days; that of an axis of some months moves daily.

    :param last: The last day that must be on the axis.
    """
    span = (today - first).days
    step = 1 << max(span // 200, 1).bit_length() - 1
    end = max(date.fromordinal(max(today.toordinal() // step * step, 1)), last, first)
    return TimeAxis(first, min(end, max(today, last, first)))


def format_days(days: int, translator: Translator = ENGLISH) -> str:
    """Return a number of days, such as ``1 day`` or ``1,234 days``."""
    return translator.ngettext("{count} day", "{count:,} days", days)


def day_ticks(longest: float, translator: Translator = ENGLISH) -> tuple[float, list[Tick]]:
    """Return the length of an axis of durations in days, and its ticks.

    Its unit is the day, or the year if it is longer than two years. ``(1095.75, [(0.0, "0"),
    (0.33, "1"), (0.67, "2"), (1.0, "3 years")])`` for 1,000 days.
    """
    unit = YEAR if longest > 2 * YEAR else 1
    most = max(longest / unit, 1)
    step = next(
        factor * 10**power
        for power in range(12)
        for factor in (1, 2, 5)
        if most / (factor * 10**power) <= MAX_TICKS - 1
    )
    count = int(-(-most // step))
    end = count * step
    labels = [f"{index * step:,}" for index in range(count)]
    if unit == YEAR:
        labels.append(translator.ngettext("{count} year", "{count} years", end))
    else:
        labels.append(format_days(end, translator))
    return end * unit, [(index / count, label) for index, label in enumerate(labels)]


def grid(ticks: Sequence[Tick], top: float, bottom: float) -> str:
    """Return a vertical line at each tick."""
    lines = "".join(
        f'<line x1="{percent(x)}" x2="{percent(x)}" y1="{coordinate(top)}" '
        f'y2="{coordinate(bottom)}"/>'
        for x, _label in ticks
    )
    return f'<g class="fep-grid" stroke="GrayText" stroke-opacity=".4">{lines}</g>'


def tick_labels(ticks: Sequence[Tick], baseline: float) -> str:
    """Return the labels of the ticks; those at the ends of the axis stay inside."""
    return "".join(
        text_element(percent(x), baseline, label, css_class="fep-mark", anchor=_anchor(x))
        for x, label in ticks
    )


def _anchor(x: float) -> str:
    return "start" if x < EDGE else "end" if x > 1 - EDGE else "middle"
