"""All statistics in one chart of bars, for ``fep stats --format svg``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ..._text import plural
from ...history.stats import DurationQuartiles, Statistics
from .stats import DECISION
from .svg import document, rectangle, SIZE, text_element, truncate

BAR_LABEL_WIDTH, BAR_WIDTH, VALUE_WIDTH = 200, 340, 110
"""Columns of a bar chart, in pixels."""

BAR_ROW_HEIGHT, GROUP_HEADING_HEIGHT = 22, 34

MAX_STATUS_CHANGES = 12
"""Most frequent status changes in the chart. The text and the table have all of them."""


@dataclass(frozen=True)
class BarGroup:
    """Bars with a heading and a common scale.

    :param bars: For each bar its label, its value, and the text behind it.
    """

    title: str
    bars: Sequence[tuple[str, float, str]]


def statistics_chart(statistics: Statistics, acronym: str) -> str:
    """Return all statistics in one chart, for ``fep stats --format svg``."""
    years: Counter[int] = Counter()
    for (year, _type), count in statistics.created_per_year.items():
        years[year] += count
    durations = {**statistics.durations, DECISION: statistics.time_to_decision}
    return bar_chart(
        f"{acronym}: {plural(statistics.proposals, 'proposal')}",
        [
            BarGroup(
                "New proposals by year",
                [(str(year), count, str(count)) for year, count in sorted(years.items())],
            ),
            BarGroup(
                "Median days in each status",
                [_median_bar(status, quartiles) for status, quartiles in durations.items()],
            ),
            BarGroup(
                "Status changes",
                [
                    (f"{before or 'new'} → {after or 'removed'}", count, str(count))
                    for (before, after), count in statistics.most_frequent[:MAX_STATUS_CHANGES]
                ],
            ),
        ],
    )


def _median_bar(status: str, quartiles: DurationQuartiles) -> tuple[str, float, str]:
    median = "too little data" if quartiles.median is None else str(quartiles.median)
    return (status, quartiles.median or 0, f"{median} ({quartiles.over} of {quartiles.count})")


def bar_chart(title: str, groups: Sequence[BarGroup]) -> str:
    """Return groups of horizontal bars, one below the other."""
    top, parts = 0, []
    for group in groups:
        parts.append(_bar_group(group, top))
        top += GROUP_HEADING_HEIGHT + BAR_ROW_HEIGHT * len(group.bars)
    return document(
        "fep-bars",
        (BAR_LABEL_WIDTH + BAR_WIDTH + VALUE_WIDTH, top + BAR_ROW_HEIGHT),
        title,
        " ".join(
            f"{group.title}: {', '.join(f'{label} {text}' for label, _value, text in group.bars)}."
            for group in groups
        ),
        "".join(parts),
    )


def _bar_group(group: BarGroup, top: int) -> str:
    largest = max((value for _label, value, _text in group.bars), default=0) or 1
    heading = text_element(0, top + 22, group.title, css_class="fep-name")
    bars = (
        _bar(label, value / largest, text, top + GROUP_HEADING_HEIGHT + BAR_ROW_HEIGHT * index)
        for index, (label, value, text) in enumerate(group.bars)
    )
    return f'<g font-weight="bold">{heading}</g>{"".join(bars)}'


def _bar(label: str, share: float, text: str, top: int) -> str:
    """Return one bar; *share* is its length, from 0 to 1."""
    width, baseline = round(BAR_WIDTH * share), top + 15
    name = truncate(label, BAR_LABEL_WIDTH - 8, SIZE)
    value = truncate(text, BAR_WIDTH - width + VALUE_WIDTH - 6, SIZE)
    return (
        text_element(BAR_LABEL_WIDTH - 8, baseline, name, anchor="end")
        + rectangle(
            BAR_LABEL_WIDTH,
            top + 3,
            width,
            BAR_ROW_HEIGHT - 6,
            "fep-bar",
            'rx="2" fill="CanvasText" fill-opacity=".5"',
        )
        + text_element(BAR_LABEL_WIDTH + width + 6, baseline, value)
    )
