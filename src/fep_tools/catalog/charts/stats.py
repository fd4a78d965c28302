"""What ``fep stats`` tells, as a picture."""

from __future__ import annotations

from collections import Counter

from ..._i18n import ENGLISH, gettext_noop, Translator
from ...history.stats import DurationQuartiles, Statistics
from . import columns, durations
from .bars import Group, svg

DECISION = gettext_noop("First draft to decision")
"""What the time until a decision is called."""

STEPS = 12
"""How many of the steps are drawn; the table has them all."""


def statistics(found: Statistics, acronym: str) -> str:
    """The figures: new proposals by year, days in a status, and the steps most often taken."""
    years: Counter[int] = Counter()
    for (year, _type), count in found.created_per_year.items():
        years[year] += count
    rows = {**found.durations, "first draft to decision": found.time_to_decision}
    steps = sorted(found.transitions.items(), key=lambda row: (-row[1], str(row[0])))[:STEPS]
    return svg(
        f"{acronym}: {found.proposals} proposals",
        [
            Group("New proposals by year", [(str(y), n, str(n)) for y, n in sorted(years.items())]),
            Group("Days after which half are over", [_stay(name, s) for name, s in rows.items()]),
            Group("Steps", [(f"{a or 'new'} to {b or 'gone'}", n, str(n)) for (a, b), n in steps]),
        ],
    )


def years(
    found: Statistics, acronym: str, prefix: str = "fep-years", translator: Translator = ENGLISH
) -> str:
    """New proposals by year, each column made of the types."""
    types = list(
        dict.fromkeys(type_ for _year, type_ in sorted(found.created_per_year, key=lambda y: y[1]))
    )
    span = (
        range(min(found.created_per_year)[0], max(found.created_per_year)[0] + 1)
        if found.created_per_year
        else range(0)
    )
    made = {
        str(year): [found.created_per_year.get((year, type_), 0) for type_ in types]
        for year in span
    }
    title = translator.gettext("New {acronym}s by year", acronym=acronym)
    return columns.svg(title, types, made, prefix)


def days(found: Statistics, prefix: str = "fep-stays", translator: Translator = ENGLISH) -> str:
    """How long each status lasts, and how long a decision takes."""
    rows = {**found.durations, translator.gettext(DECISION): found.time_to_decision}
    return durations.svg(translator.gettext("Days in a status"), rows, prefix, translator)


def _stay(name: str, stay: DurationQuartiles) -> tuple[str, float, str]:
    over = f"{stay.over} of {stay.count}"
    return (name, stay.median or 0, f"{stay.median} ({over})" if stay.median else f"? ({over})")
