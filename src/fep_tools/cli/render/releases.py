"""Render the output of ``fep notes since``."""

from __future__ import annotations

from collections.abc import Sequence

from ..._text import plural, safe
from ...notes.bisect import first_passing, passing_ranges, ReleaseRun


def text(runs: Sequence[ReleaseRun], name: str, title: str, count: int) -> str:
    """Return a line for each run, a summary, and the field for the note.

    :param title: the framework, of which there are *count* releases.
    """
    title = safe(title)
    lines = [f"{safe(name)}: {len(runs)} of {plural(count, 'release')} of {title} tried"]
    width = max((len(run.version) for run in runs), default=0)
    for run in runs:
        when = f"{run.date}, Python {run.python}"
        lines.append(f"  {run.version:{width}}  ({when})  {safe(run.summary, 200)}")
    lines.append(_summary(runs, title))
    if version := first_passing(runs):
        lines += ["", f":Since: {version}"]
    return "".join(f"{line}\n" for line in lines)


def _summary(runs: Sequence[ReleaseRun], title: str) -> str:
    ranges = passing_ranges(runs)
    if not runs:
        return f"No release of {title} could be tried, so nothing is known."
    if not ranges:
        return "It passes with none that was tried."
    if len(ranges) == 1 and ranges[0] == (runs[0], runs[-1]):
        return "It passes with all that were tried, so the first release is unknown."
    return f"It passes {', and '.join(_describe(first, last, runs) for first, last in ranges)}."


def _describe(first: ReleaseRun, last: ReleaseRun, runs: Sequence[ReleaseRun]) -> str:
    if last is runs[-1] and first.untried_before:
        count = plural(first.untried_before, "release")
        return f"since {first.version} or earlier: the {count} before it could not be tried"
    if last is runs[-1]:
        return f"since {first.version}"
    if first is runs[0]:
        return f"up to {last.version}"
    return f"from {first.version} to {last.version}" if first != last else f"with {first.version}"
