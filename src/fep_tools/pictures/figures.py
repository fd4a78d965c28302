"""What ``fep stats`` tells, as a picture."""

from __future__ import annotations

from collections import Counter

from ..history.statistics import Statistics
from ..history.statistics import Survival
from .bars import Group
from .bars import svg

STEPS = 12
"""How many of the steps are drawn; the table has them all."""


def statistics(found: Statistics, acronym: str) -> str:
    """The figures: new proposals by year, days in a status, and the steps most often taken."""
    years: Counter[int] = Counter()
    for (year, _type), count in found.years.items():
        years[year] += count
    stays = {**found.stays, "first draft to decision": found.decision}
    steps = sorted(found.steps.items(), key=lambda row: (-row[1], str(row[0])))[:STEPS]
    return svg(
        f"{acronym}: {found.proposals} proposals",
        [
            Group("New proposals by year", [(str(y), n, str(n)) for y, n in sorted(years.items())]),
            Group("Days after which half are over", [_stay(name, s) for name, s in stays.items()]),
            Group("Steps", [(f"{a or 'new'} to {b or 'gone'}", n, str(n)) for (a, b), n in steps]),
        ],
    )


def _stay(name: str, stay: Survival) -> tuple[str, float, str]:
    over = f"{stay.ended} of {stay.count}"
    return (name, stay.median or 0, f"{stay.median} ({over})" if stay.median else f"? ({over})")
