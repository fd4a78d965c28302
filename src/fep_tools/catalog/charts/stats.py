"""Charts of the statistics of a site: new proposals by year, and days in each status."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..._i18n import ENGLISH, gettext_noop, Translator
from ...history.stats import DurationQuartiles, Statistics
from .axis import day_ticks, format_days, grid, tick_labels
from .svg import coordinate, document, percent, SIZE, SMALL, text_element, text_width, truncate

DECISION = gettext_noop("First draft to decision")
"""Label of the time until a proposal is decided."""

# Proposals by year -------------------------------------------------------------------------

COLUMN_HEIGHT, FOOT_HEIGHT, LEGEND_ROW_HEIGHT = 180.0, 20.0, 20.0
"""Heights of the tallest column, of the years below, and of a row of the legend, in pixels."""

UNIT_HEIGHT = 18.0
"""The height of the unit of the vertical axis, above the columns."""

AXIS_SHARE = 0.09
"""The share of the width that the labels of the vertical axis take."""

MAX_YEARS = 8
"""The most years that are named below the columns: they must fit a phone."""

MAX_COLUMN_SHARE = 0.08

LEGEND_WIDTH = 340.0
"""The width of a phone, in pixels."""


def years_chart(statistics: Statistics, acronym: str, translator: Translator = ENGLISH) -> str:
    """Return new proposals by year, each column divided by type. Years without any are kept."""
    years = statistics.created_per_year
    types = sorted({type_ for _year, type_ in years})
    span = range(min(years)[0], max(years)[0] + 1) if years else range(0)
    columns = {str(year): [years.get((year, type_), 0) for type_ in types] for year in span}
    title = translator.gettext("New {acronym}s by year", acronym=acronym)
    return column_chart(title, types, columns, translator)


def column_chart(
    title: str,
    parts: Sequence[str],
    columns: Mapping[str, Sequence[int]],
    translator: Translator = ENGLISH,
) -> str:
    """Return stacked columns with a vertical axis that counts proposals.

    :param parts: The names of the parts of a column, from the bottom. Later parts are lighter.
    :param columns: For each column its label and the count of each part.
    """
    # A community without types has one part, which has no name.
    legend, top = _legend(parts) if any(parts) else ("", UNIT_HEIGHT)
    largest = max(map(sum, columns.values()), default=0) or 1
    step = next(
        factor * 10**power
        for power in range(9)
        for factor in (1, 2, 5)
        if largest / (factor * 10**power) <= 5
    )
    highest = -(-largest // step) * step
    # The label of the last year is centered below its column, and needs room at the right.
    share = min((1 - 1.5 * AXIS_SHARE) / max(len(columns), 1), MAX_COLUMN_SHARE)
    right = AXIS_SHARE + share * len(columns)
    named = -(-len(columns) // MAX_YEARS)  # every so many years has a label
    drawn = "".join(
        _column(AXIS_SHARE + index * share, share, counts, top, COLUMN_HEIGHT / highest)
        for index, counts in enumerate(columns.values())
    )
    labels = "".join(
        text_element(
            percent(AXIS_SHARE + (index + 0.5) * share),
            top + COLUMN_HEIGHT + 15,
            label,
            css_class="fep-mark",
            anchor="middle",
            size=SMALL,
        )
        for index, label in enumerate(columns)
        if (len(columns) - 1 - index) % named == 0
    )
    axis = _count_axis(range(0, highest + 1, step), top, right, translator)
    sentences = (
        (label, (f"{n} {part}".rstrip() for part, n in zip(parts, counts, strict=True) if n))
        for label, counts in columns.items()
    )
    description = " ".join(f"{label}: {', '.join(counted)}." for label, counted in sentences)
    size = ("100%", top + COLUMN_HEIGHT + FOOT_HEIGHT)
    return document("fep-columns", size, title, description, legend + axis + drawn + labels)


def _count_axis(counts: range, top: float, right: float, translator: Translator) -> str:
    """Return horizontal lines with their counts at the left; the highest one has the unit."""
    heights = {count: top + COLUMN_HEIGHT * (1 - count / (counts[-1] or 1)) for count in counts}
    lines = "".join(
        f'<line x1="{percent(AXIS_SHARE)}" x2="{percent(right)}" y1="{coordinate(y)}" '
        f'y2="{coordinate(y)}"/>'
        for y in heights.values()
    )
    labels = "".join(
        text_element(
            percent(AXIS_SHARE * 0.75),
            y + 4,
            f"{count:,}",
            css_class="fep-mark",
            anchor="end",
            size=SMALL,
        )
        for count, y in heights.items()
        if count != counts[-1]
    )
    unit = translator.ngettext("{count} proposal", "{count} proposals", counts[-1])
    labels += text_element(0, top - 5, unit, css_class="fep-mark", size=SMALL)
    return f'<g class="fep-grid" stroke="GrayText" stroke-opacity=".4">{lines}</g>{labels}'


def _column(left: float, share: float, counts: Sequence[int], top: float, unit: float) -> str:
    """Return one column.

    :param left: Its left edge, and *share* its width with the gap, as shares of the chart.
    :param unit: The height of one proposal, in pixels.
    """
    bottom, parts = top + COLUMN_HEIGHT, []
    for index, count in enumerate(counts):
        bottom -= count * unit
        x, width = percent(left + share * 0.1), percent(share * 0.8)
        parts.append(_part(index, x, bottom, width, count * unit))
    return "".join(parts)


def _part(index: int, x: str, y: float, width: str, height: float) -> str:
    opacity = max(0.85 - 0.28 * index, 0.15)
    return (
        f'<rect class="fep-part-{index}" x="{x}" y="{coordinate(y)}" width="{width}" '
        f'height="{coordinate(height)}" fill="CanvasText" fill-opacity="{opacity:.2f}"/>'
    )


def _legend(parts: Sequence[str]) -> tuple[str, float]:
    """Return the legend, in rows that fit a phone, and the height below which columns begin."""
    drawn, left, top = "", 0.0, 0.0
    for index, part in enumerate(parts):
        width = 40 + text_width(part, SIZE)
        if left and left + width > LEGEND_WIDTH:
            left, top = 0.0, top + LEGEND_ROW_HEIGHT
        label = truncate(part, LEGEND_WIDTH - 40, SIZE)
        drawn += _part(index, coordinate(left), top + 2, "12", 12)
        drawn += text_element(left + 18, top + 13, label)
        left += width
    return drawn, top + LEGEND_ROW_HEIGHT + UNIT_HEIGHT


# Days in each status -----------------------------------------------------------------------

NAME_WIDTH = 170.0
"""The column of statuses, in pixels."""

TEXT_HEIGHT, BAR_HEIGHT, AXIS_HEIGHT = 19.0, 23.0, 22.0
"""Heights of the text and of the bar of a row, and of the axis, in pixels."""


def days_chart(statistics: Statistics, translator: Translator = ENGLISH) -> str:
    """Return the days spent in each status, and until a decision."""
    rows = {**statistics.durations, translator.gettext(DECISION): statistics.time_to_decision}
    return duration_chart(translator.gettext("Days in each status"), rows, translator)


def duration_chart(
    title: str, durations: Mapping[str, DurationQuartiles], translator: Translator = ENGLISH
) -> str:
    """Return a row for each of *durations*: a bar from 25% to 75%, with a mark at the median.

    Rows of which not even the first quartile is known are left out; the table has them.
    """
    drawn = {label: each for label, each in durations.items() if each.first is not None}
    days = [d for each in drawn.values() for d in (each.first, each.median, each.third) if d]
    end, ticks = day_ticks(max(days, default=1), translator)
    bottom = (TEXT_HEIGHT + BAR_HEIGHT) * len(drawn)
    rows = "".join(
        _duration_row(label, quartiles, end, (TEXT_HEIGHT + BAR_HEIGHT) * index, translator)
        for index, (label, quartiles) in enumerate(drawn.items())
    )
    return document(
        "fep-days",
        ("100%", bottom + AXIS_HEIGHT),
        title,
        " ".join(f"{label}: {describe(each, translator)}." for label, each in durations.items()),
        grid(ticks, 0, bottom + 4) + tick_labels(ticks, bottom + 18) + rows,
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


def _duration_row(
    label: str, quartiles: DurationQuartiles, end: float, top: float, translator: Translator
) -> str:
    name = truncate(label, NAME_WIDTH - 10, SIZE)
    if quartiles.median is None:
        median = translator.gettext("too little data")
    else:
        days = format_days(quartiles.median, translator)
        median = translator.gettext("median {median}", median=days)
    return (
        text_element(0, top + 14, name, css_class="fep-name")
        + text_element(NAME_WIDTH, top + 14, median, css_class="fep-mark")
        + _quartiles(quartiles, end, top + TEXT_HEIGHT + 9)
    )


def _quartiles(quartiles: DurationQuartiles, end: float, middle: float) -> str:
    """Return the bar and the mark.

    A bar whose third quartile is unknown is dashed and goes to the right end: with durations
    of 10 days (ended), 50 and 50 days (not ended), 25% is 10, and 75% is at least 50.

    :param end: The days at the right end.
    """
    left = (quartiles.first or 0) / end
    right = 1.0 if quartiles.third is None else quartiles.third / end
    dashes = ' stroke-dasharray="4 3"' if quartiles.third is None else ""
    bar = (
        f'<rect class="fep-range" x="{percent(left)}" y="{coordinate(middle - 6)}" '
        f'width="{percent(right - left)}" height="12" fill="CanvasText" fill-opacity=".35" '
        f'stroke="CanvasText"{dashes}/>'
    )
    if quartiles.median is None:
        return bar
    x = percent(quartiles.median / end)
    return bar + (
        f'<line class="fep-median" x1="{x}" x2="{x}" y1="{coordinate(middle - 10)}" '
        f'y2="{coordinate(middle + 10)}" stroke="CanvasText" stroke-width="3"/>'
    )
