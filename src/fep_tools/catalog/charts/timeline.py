"""Timelines: the statuses of one proposal, a row each; and all proposals, a row each.

The stage of a status is shown by the height of its bar as well as by its color. Taller bars
mark later stages. The current status lasts until today, which is the right end of the axis.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import get_args

from ..._i18n import ENGLISH, gettext_noop, Translator
from ...process.schema import Stage
from ..history import Interval
from .axis import axis_until, format_days, grid, tick_labels, TimeAxis
from .svg import coordinate, document, percent, SIZE, text_element, text_width, truncate

NAME_WIDTH = 116.0
"""The column of statuses in the timeline of one proposal, in pixels."""

LABEL_HEIGHT, BAR_ROW_HEIGHT, AXIS_HEIGHT = 20.0, 20.0, 22.0
"""In that timeline, the heights of the text and the bar of a row, and of the axis."""

ROW_HEIGHT = 15.0
"""Height of a row in the timelines of all proposals, in pixels."""

MIN_SHARE = 0.006
"""The share of the axis that the bar of a status takes at the right end, at least."""

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

GRID = "fep-timelines-grid"
"""The id of the grid, which each row of the timelines of all proposals uses."""


def format_length(interval: Interval, translator: Translator = ENGLISH) -> str:
    """Return the length of *interval*; ``until now`` for the current status."""
    if interval.days is None:
        return translator.gettext("until now")
    return format_days(interval.days, translator)


def format_starts(intervals: Iterable[Interval]) -> str:
    """Return the statuses with their first days: ``2011-03-18 Draft, 2011-06-28 Final``."""
    return ", ".join(f"{interval.start} {interval.status}" for interval in intervals)


def timeline_axis(intervals: Iterable[Interval], today: date) -> TimeAxis:
    """Return the axis of timelines, from the first day of any status until today."""
    days = [day for each in intervals for day in (each.start, each.end) if day]
    return axis_until(min(days, default=today), max(days, default=today), today)


# One proposal ------------------------------------------------------------------------------


def proposal_timeline(
    label: str, intervals: Sequence[Interval], today: date, translator: Translator = ENGLISH
) -> str:
    """Return the timeline of one proposal: for each status a line of text, and a bar below it.

    :param label: The label of the proposal, such as ``FEP 11``.
    :param intervals: At least one.
    """
    axis = timeline_axis(intervals, today)
    ticks = axis.ticks_until(translator.gettext("now"))
    row_height = LABEL_HEIGHT + BAR_ROW_HEIGHT
    bottom = row_height * len(intervals)
    rows = "".join(
        _status_row(interval, axis, row_height * index, translator)
        for index, interval in enumerate(intervals)
    )
    return document(
        "fep-timeline",
        ("100%", bottom + AXIS_HEIGHT),
        translator.gettext("Timeline of {label}", label=label),
        describe(intervals, translator),
        grid(ticks, 0, bottom + 4) + tick_labels(ticks, bottom + 18) + rows,
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


def _status_row(interval: Interval, axis: TimeAxis, top: float, translator: Translator) -> str:
    status = truncate(interval.status, NAME_WIDTH - 10, SIZE)
    length = f"{interval.start}, {format_length(interval, translator)}"
    return (
        text_element(0, top + 14, status, css_class="fep-name")
        + text_element(NAME_WIDTH, top + 14, length, css_class="fep-mark")
        + _bar(interval, axis, top + LABEL_HEIGHT + BAR_ROW_HEIGHT / 2 - 2)
    )


def _bar(interval: Interval, axis: TimeAxis, middle: float) -> str:
    left = min(axis.position(interval.start), 1 - MIN_SHARE)  # one that began today is seen, too
    right = 1.0 if interval.end is None else axis.position(interval.end)
    return _stage_bar(interval.stage, percent(left), percent(max(right - left, 0)), middle)


def _stage_bar(stage: Stage | None, left: str, width: str, middle: float) -> str:
    """Return a bar. Its outline makes a day among years 2 pixels wide, so that it is visible."""
    height = BAR_HEIGHTS[stage]
    return (
        f'<rect class="fep-stage-{stage or "unknown"}" x="{left}" '
        f'y="{coordinate(middle - height / 2)}" width="{width}" height="{coordinate(height)}" '
        f'fill="CanvasText" stroke="CanvasText"/>'
    )


# All proposals -----------------------------------------------------------------------------


def timelines_axis(axis: TimeAxis, title: str, translator: Translator = ENGLISH) -> str:
    """Return the axis above the timelines of all proposals, which also has their grid."""
    ticks = axis.ticks_until(translator.gettext("now"))
    description = translator.gettext("From {first} until {last}", first=axis.first, last=axis.last)
    lines = f'<defs><g id="{GRID}">{grid(ticks, 0, ROW_HEIGHT)}</g></defs>'
    labels = tick_labels(ticks, 13)
    return document("fep-timelines", ("100%", 18), title, description, lines + labels)


def timeline_row(intervals: Iterable[Interval], axis: TimeAxis) -> str:
    """Return the bars of one proposal. The text beside it says the same, so it is hidden."""
    bars = "".join(_bar(each, axis, ROW_HEIGHT / 2) for each in intervals)
    return (
        f'<svg class="fep-timeline-row" width="100%" height="{coordinate(ROW_HEIGHT)}" '
        f'aria-hidden="true"><use href="#{GRID}"/>{bars}</svg>'
    )


def stage_legend(stages: Iterable[Stage], translator: Translator = ENGLISH) -> Iterator[str]:
    """Yield for each of *stages* a bar with its meaning."""
    present = set(stages)
    for stage in get_args(Stage):
        if stage not in present:
            continue
        label = translator.gettext(STAGE_LABELS[stage])
        bar = _stage_bar(stage, "1", "18", 8)
        width = coordinate(26 + text_width(label, SIZE))
        yield (
            f'<svg class="fep-legend" width="{width}" height="16" aria-hidden="true" '
            f'font-size="{coordinate(SIZE)}">{bar}{text_element(25, 13, label)}</svg>'
        )
