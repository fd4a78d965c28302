"""Comments by which a proposal silences a rule for a part of itself.

``.. fep: ignore[H103] The thread names no day.`` is a comment of reStructuredText, which no
reader sees. At the top of the body it is about the whole proposal, headers included; elsewhere
about the block after it: a paragraph, an item or a directive with everything indented under
it, or a section where a title follows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..diagnostics import Span
from ..proposals.body import Body, Occurrence
from ..proposals.model import Proposal

MARK = "fep:"
"""How such a comment begins, behind its two dots."""

HINT = "fep: ignore"
"""What a text holds that may have such a comment."""

FORM = ".. fep: ignore[H103] and the reason"
"""One that is sound, for messages."""

_IGNORE = re.compile(r"fep: ?ignore\[(?P<codes>[\w, -]*)\] ?(?P<reason>.*)")


@dataclass(frozen=True)
class InlineIgnore:
    """One such comment: *codes* are not told between the lines *first* and *last*."""

    path: str
    span: Span
    codes: tuple[str, ...]
    reason: str
    first: int
    last: int

    def covers(self, line: int) -> bool:
        """Whether it is about that line."""
        return self.first <= line <= self.last


def written(proposal: Proposal) -> Iterator[tuple[Occurrence, re.Match[str] | None]]:
    """The comments that are meant for the tool, each as it was understood."""
    for comment in (proposal.body or Body()).comments:
        if comment.name.startswith(MARK):
            yield comment, _IGNORE.fullmatch(comment.name)


def inline_ignores(proposal: Proposal) -> tuple[InlineIgnore, ...]:
    """Every comment of *proposal* that says what it silences, and where."""
    return tuple(
        InlineIgnore(
            proposal.path,
            comment.location.span,
            tuple(code for code in re.split("[ ,]+", match["codes"]) if code),
            match["reason"],
            *_extent(proposal, comment.location.line),
        )
        for comment, match in written(proposal)
        if match
    )


def _extent(proposal: Proposal, line: int) -> tuple[int, int]:
    """The first and the last line that a comment on *line* is about."""
    lines = proposal.lines
    if _is_on_top(lines, proposal.preamble.last, line):
        return 1, len(lines)
    start = _next(lines, line)
    while start <= len(lines) and lines[start - 1].lstrip().startswith(f".. {MARK}"):
        start = _next(lines, start)
    return start, _section_end(proposal, start) or _block_end(lines, start)


def _is_on_top(lines: Sequence[str], headers: int, line: int) -> bool:
    """Whether only comments stand between the headers and *line*."""
    start = headers + 1
    while start < line and (not lines[start - 1].strip() or _is_comment(lines[start - 1])):
        start = _next(lines, start)
    return start >= line


def _is_comment(line: str) -> bool:
    return line.startswith(".. ") and "::" not in line and not line.startswith((".. _", ".. |"))


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _next(lines: Sequence[str], line: int) -> int:
    """The line on which begins what follows the block on *line*, and what is indented in it."""
    depth = _indent(lines[line - 1])
    following = range(line + 1, len(lines) + 1)
    blocks = (n for n in following if lines[n - 1].strip() and _indent(lines[n - 1]) <= depth)
    return next(blocks, len(lines) + 1)


def _section_end(proposal: Proposal, line: int) -> int:
    """The last line of the section whose title is on *line*, or on the next; 0 without one."""
    headings = (proposal.body or Body()).headings
    here = next((at for at, h in enumerate(headings) if line <= h.location.line <= line + 1), None)
    if here is None:
        return 0
    rest = (h for h in headings[here + 1 :] if h.level <= headings[here].level)
    return next((h.location.line - 1 for h in rest), len(proposal.lines))


def _block_end(lines: Sequence[str], line: int) -> int:
    """The last line of the block that begins on *line*, with everything indented under it."""
    last = line
    while last < len(lines) and (lines[last].strip() or _goes_on(lines, last, line)):
        last += 1
    return last


def _goes_on(lines: Sequence[str], blank: int, line: int) -> bool:
    """Whether what follows the line at index *blank* is indented under *line*."""
    rest = (text for text in lines[blank:] if text.strip())
    following = next(rest, "")
    return bool(following) and _indent(following) > _indent(lines[line - 1])
