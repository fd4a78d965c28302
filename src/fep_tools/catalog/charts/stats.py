"""Charts of the statistics: new proposals by year, days in each status, status changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..._i18n import ENGLISH, gettext_noop, Translator
from ..._text import plural
from ...history.stats import DurationQuartiles, Statistics
from .svg import (
    document,
    PAGE_WIDTH,
    rectangle,
    SIZE,
    SMALL,
    text_element,
    text_width,
    truncate,
)  # fmt: skip
from .timeline import format_days

DECISION = gettext_noop("First draft to decision")
"""Label of the time until a proposal is decided."""


# Everything in one chart -------------------------------------------------------------------

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


# Proposals by year -------------------------------------------------------------------------

COLUMN_HEIGHT, LEGEND_HEIGHT, FOOT_HEIGHT = 200.0, 34.0, 20.0
"""Height of the tallest column, of the legend above, and of the years below, in pixels."""

MAX_COLUMN_WIDTH = 54.0


def years_chart(statistics: Statistics, acronym: str, translator: Translator = ENGLISH) -> str:
    """Return new proposals by year, each column divided by type. Years without any are kept."""
    years = statistics.created_per_year
    types = sorted({type_ for _year, type_ in years})
    span = range(min(years)[0], max(years)[0] + 1) if years else range(0)
    columns = {str(year): [years.get((year, type_), 0) for type_ in types] for year in span}
    title = translator.gettext("New {acronym}s by year", acronym=acronym)
    return column_chart(title, types, columns)


def column_chart(title: str, parts: Sequence[str], columns: Mapping[str, Sequence[int]]) -> str:
    """Return stacked columns.

    :param parts: The names of the parts of a column, from the bottom. Later parts are lighter.
    :param columns: For each column its label and the count of each part.
    """
    width = min(PAGE_WIDTH / max(len(columns), 1), MAX_COLUMN_WIDTH)
    largest = max(map(sum, columns.values()), default=0) or 1
    # A community without types has one part, which has no name.
    legend, legend_width = _column_legend(parts) if any(parts) else ("", 0.0)
    drawn = (
        _column(index * width, width, label, counts, COLUMN_HEIGHT / largest)
        for index, (label, counts) in enumerate(columns.items())
    )
    size = (max(width * len(columns), legend_width), LEGEND_HEIGHT + COLUMN_HEIGHT + FOOT_HEIGHT)
    sentences = (
        (label, (f"{n} {part}".rstrip() for part, n in zip(parts, counts, strict=True) if n))
        for label, counts in columns.items()
    )
    description = " ".join(f"{label}: {', '.join(counted)}." for label, counted in sentences)
    content = legend + "".join(drawn)
    return document("fep-columns", size, title, description, content)


def _column(left: float, width: float, label: str, counts: Sequence[int], unit: float) -> str:
    """Return one column with its total above and its label below.

    :param unit: The height of one proposal, in pixels.
    """
    top, center, parts = LEGEND_HEIGHT + COLUMN_HEIGHT, left + width / 2, []
    for index, count in enumerate(counts):
        top -= count * unit
        parts.append(_column_part(index, left + width * 0.12, top, width * 0.76, count * unit))
    total = text_element(center, top - 4, str(sum(counts) or ""), anchor="middle", size=SMALL)
    # Narrow columns have short years: ’98 for 1998.
    shown = label if width >= text_width(label, SMALL) else f"’{label[-2:]}"
    baseline = LEGEND_HEIGHT + COLUMN_HEIGHT + 15
    return (
        "".join(parts) + total + text_element(center, baseline, shown, anchor="middle", size=SMALL)
    )


def _column_part(index: int, x: float, y: float, width: float, height: float) -> str:
    opacity = max(0.85 - 0.28 * index, 0.15)
    fill = f'fill="CanvasText" fill-opacity="{opacity:.2f}"'
    return rectangle(x, y, width, height, f"fep-part-{index}", fill)


def _column_legend(parts: Sequence[str]) -> tuple[str, float]:
    """Return the legend, and its width in pixels."""
    drawn, left = "", 0.0
    for index, part in enumerate(parts):
        drawn += _column_part(index, left, 2, 12, 12) + text_element(left + 18, 13, part)
        left += 40 + text_width(part, SIZE)
    return drawn, left


# Days in each status -----------------------------------------------------------------------

DURATION_LABEL_WIDTH, DURATION_VALUE_WIDTH, DURATION_ROW_HEIGHT = 170.0, 150.0, 28.0


def days_chart(statistics: Statistics, translator: Translator = ENGLISH) -> str:
    """Return the days spent in each status, and until a decision."""
    rows = {**statistics.durations, translator.gettext(DECISION): statistics.time_to_decision}
    return duration_chart(translator.gettext("Days in each status"), rows, translator)


def duration_chart(
    title: str, durations: Mapping[str, DurationQuartiles], translator: Translator = ENGLISH
) -> str:
    """Return a row for each of *durations*: a bar from 25% to 75%, with a mark at the median."""
    days = [
        days
        for quartiles in durations.values()
        for days in (quartiles.first, quartiles.median, quartiles.third)
        if days
    ]
    unit = (PAGE_WIDTH - DURATION_LABEL_WIDTH - DURATION_VALUE_WIDTH) / max(days, default=1)
    rows = "".join(
        _duration_row(label, quartiles, unit, DURATION_ROW_HEIGHT * index, translator)
        for index, (label, quartiles) in enumerate(durations.items())
    )
    return document(
        "fep-days",
        (PAGE_WIDTH, DURATION_ROW_HEIGHT * len(durations) + 2),
        title,
        " ".join(f"{label}: {describe(each, translator)}." for label, each in durations.items()),
        rows,
    )


def describe(quartiles: DurationQuartiles, translator: Translator = ENGLISH) -> str:
    """Return the median in words: ``median 20 days, 4 of 4 completed``."""
    counts = {"ended": quartiles.over, "count": quartiles.count}
    if quartiles.median is None:
        return translator.gettext(
            "too little data for a median, {ended} of {count} completed", **counts
        )
    median = format_days(quartiles.median, translator)
    return translator.gettext(
        "median {median}, {ended} of {count} completed", median=median, **counts
    )


def _median(quartiles: DurationQuartiles, translator: Translator) -> str:
    if quartiles.median is None:
        return translator.gettext("too little data")
    return format_days(quartiles.median, translator)


def _duration_row(
    label: str, quartiles: DurationQuartiles, unit: float, top: float, translator: Translator
) -> str:
    middle = top + DURATION_ROW_HEIGHT / 2
    name = truncate(label, DURATION_LABEL_WIDTH - 10, SIZE)
    return (
        text_element(0, middle + 4, name, css_class="fep-name")
        + _quartiles(quartiles, unit, middle)
        + text_element(PAGE_WIDTH, middle + 4, _median(quartiles, translator), anchor="end")
    )


def _quartiles(quartiles: DurationQuartiles, unit: float, middle: float) -> str:
    """Return the bar and the mark; nothing if not even the first quartile is known.

    A bar whose third quartile is unknown is dashed and goes to the right end: with durations
    of 10 days (ended), 50 and 50 days (not ended), 25% is 10, and 75% is at least 50.

    :param unit: Pixels per day.
    """
    if quartiles.first is None:
        return ""
    left = DURATION_LABEL_WIDTH + quartiles.first * unit
    right, outline = (
        PAGE_WIDTH - DURATION_VALUE_WIDTH,
        ' stroke="CanvasText" stroke-dasharray="4 3"',
    )
    if quartiles.third is not None:
        right, outline = DURATION_LABEL_WIDTH + quartiles.third * unit, ""
    fill = f'fill="CanvasText" fill-opacity=".35"{outline}'
    bar = rectangle(left, middle - 6, max(right - left, 2), 12, "fep-range", fill)
    if quartiles.median is None:
        return bar
    x = DURATION_LABEL_WIDTH + quartiles.median * unit - 1.5
    return bar + rectangle(x, middle - 10, 3, 20, "fep-median", 'fill="CanvasText"')
