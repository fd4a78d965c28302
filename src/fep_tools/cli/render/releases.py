"""What the releases of a framework say to a snippet, for people."""

from __future__ import annotations

from collections.abc import Sequence

from ..._text import plural, safe
from ...notes.bisect import first_passing, passing_ranges, ReleaseRun


def text(found: Sequence[ReleaseRun], name: str, title: str, count: int) -> str:
    """A line for each release that was tried, the sum of it, and what to write in the note."""
    lines = [f"{safe(name)}: {len(found)} of {plural(count, 'release')} of {title} tried"]
    width = max((len(tried.version) for tried in found), default=0)
    for tried in found:
        when = f"{tried.date}, Python {tried.python}"
        lines.append(f"  {tried.version:{width}}  ({when})  {safe(tried.summary, 200)}")
    lines.append(_sum(found, title))
    if value := first_passing(found):
        lines += ["", f":Since: {value}"]
    return "".join(f"{line}\n" for line in lines)


def _sum(found: Sequence[ReleaseRun], title: str) -> str:
    spans = passing_ranges(found)
    if not found:
        return f"No release of {title} can be tried here."
    if not spans:
        return "It holds in none of them."
    if len(spans) == 1 and spans[0] == (found[0], found[-1]):
        return "It holds in all of them; where it began cannot be told."
    return f"It holds {', and '.join(_span(first, last, found) for first, last in spans)}."


def _span(first: ReleaseRun, last: ReleaseRun, found: Sequence[ReleaseRun]) -> str:
    if last is found[-1]:
        return f"since {first.version}"
    if first is found[0]:
        return f"up to {last.version}"
    return f"from {first.version} to {last.version}" if first != last else f"in {first.version}"
