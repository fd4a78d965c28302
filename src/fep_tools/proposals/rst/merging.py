"""Merge the problems of a body that have one cause.

Docutils takes the six backticks of a Markdown code fence for the beginnings and ends of literals
and roles, and has a message for most of them. What is between the fences is code.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping

from ..._text import quote
from ..body import Location, Problem
from .locator import Locator
from .messages import fence_help

# What docutils, and we, take code between fences for.
_FENCE_KINDS = frozenset({"markup", "quotes", "inline"})
_FENCED_KINDS = frozenset(
    {*_FENCE_KINDS, "backslash", "code", "footnote", "hyphen", "indentation", "link", "list",
     "markdown", "underline"}
)  # fmt: skip

BROKEN_MARKUP = frozenset({"inline", "link"})
"""What ends nowhere; quotes inside it are no problem of their own."""


def merge_problems(
    problems: Iterable[Problem],
    fences: Mapping[int, tuple[Location, str]],
    tables: Iterable[tuple[int, int]],
    locator: Locator,
) -> Iterator[Problem]:
    """Yield *problems*, those about one Markdown code fence as one.

    :param fences: The lines that begin or end a code fence, each with its language, by number.
    :param tables: The first and the last line of each Markdown table.
    """
    problems, fences = list(problems), dict(fences)
    for problem in problems:
        if problem.kind in _FENCE_KINDS:
            fence = locator.find_fence(problem.location.line)
            if fence and fence.line not in fences:
                fences[fence.line] = (fence, locator.text(fence).strip("`"))
    pairs = list(_pair_fences(fences, locator))
    broken = _Ranges((p.location[:2], p.location[2:]) for p in problems if p.kind in BROKEN_MARKUP)
    in_tables = _Ranges(((first, 0), (last, 0)) for first, last in tables)
    fenced = _Ranges(((first.line, 0), (last, 0)) for first, last, _language in pairs)
    for problem in problems:
        line = problem.location.line
        is_noise = (
            (problem.kind == "markup" and in_tables.contain((line, 0)))
            or (problem.kind == "quotes" and broken.contain(problem.location[:2]))
            or (problem.kind in _FENCED_KINDS and fenced.contain((line, 0)))
        )
        if not is_noise:
            yield problem
    for location, _last, language in pairs:
        source = locator.text(location)
        message = f"{quote(source)} is a Markdown code fence"
        yield Problem("fence", source, message, location, fence_help(language))


def _pair_fences(
    fences: Mapping[int, tuple[Location, str]], locator: Locator
) -> Iterator[tuple[Location, int, str]]:
    """Yield the line that begins each block of code, the one that ends it, and its language."""
    end = 0
    for line, (location, language) in sorted(fences.items()):
        if line > end:
            end = locator.find_fence_end(location)
            yield location, end, language


class _Ranges:
    """Ranges of positions, both ends included."""

    def __init__(self, ranges: Iterable[tuple[tuple[int, ...], tuple[int, ...]]]) -> None:
        self._ranges = sorted(ranges)

    def contain(self, position: tuple[int, ...]) -> bool:
        """Return whether the last range that begins at *position* or before it contains it."""
        index = bisect_right(self._ranges, position, key=lambda pair: pair[0])
        return index > 0 and position <= self._ranges[index - 1][1]
