"""Time as a line from left to right, with its days, months and years."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ..._i18n import ENGLISH, Translator
from .svg import number, words_at

MOST = 8
"""How many marks stand on an axis at most."""

STEPS = (1, 3, 6, 12, 24, 60, 120, 240, 600, 1200)
"""The distances between marks, in months."""


@dataclass(frozen=True, slots=True)
class Axis:
    """The days from *first* to *last*, drawn from *left* to *right*."""

    first: date
    last: date
    left: float
    right: float

    def place(self, day: date) -> float:
        """Where *day* is; what is outside is put at the end."""
        days = max((self.last - self.first).days, 1)
        share = (day - self.first).days / days
        return self.left + (self.right - self.left) * min(max(share, 0.0), 1.0)

    @property
    def marks(self) -> list[tuple[date, str]]:
        """The first days of some months or years, and what they are called."""
        for step in STEPS:
            if len(found := list(self._months(step))) <= MOST:
                break
        return [(day, str(day.year) if step >= 12 else f"{day:%Y-%m}") for day in found]

    def _months(self, step: int) -> Iterator[date]:
        """The first day of every *step*-th month."""
        start = self.first.year * 12 + self.first.month - 1
        for month in range(start - start % step, self.last.year * 12 + self.last.month, step):
            day = date(max(month // 12, 1), month % 12 + 1, 1)
            if self.first <= day <= self.last:
                yield day

    def grid(self, top: float, bottom: float) -> str:
        """A line at every mark."""
        path = "".join(
            f"M{number(self.place(day))} {number(top)}V{number(bottom)}"
            for day, _name in self.marks
        )
        return f'<path class="fep-grid" d="{path}" stroke="GrayText" stroke-opacity=".4"/>'

    def names(self, baseline: float) -> str:
        """What the marks are called."""
        return "".join(
            words_at(self.place(day), baseline, name, kind="fep-mark", anchor="middle")
            for day, name in self.marks
        )


def counted(days: int, translator: Translator = ENGLISH) -> str:
    """A number of days in words."""
    return translator.ngettext("1 day", "{count:,} days", days)
