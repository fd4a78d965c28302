"""The lines of a proposal, for rules that look at its text and not at what a parser made of it."""

from __future__ import annotations

from collections.abc import Iterator

from ...diagnostics import Span
from ...proposals.model import Proposal


def line_ending(proposal: Proposal) -> str:
    """Return the line ending of the file, for lines that a fix adds."""
    return "\r\n" if "\r\n" in proposal.text else "\n"


def line_span(proposal: Proposal, number: int) -> Span:
    """Return the position of a whole line, without its end."""
    return Span(number, 1, number, len(proposal.lines[number - 1]) + 1)


def body_lines(proposal: Proposal) -> Iterator[tuple[int, str]]:
    """Yield the lines below the headers, each with its number."""
    start = proposal.preamble.last_line
    return enumerate(proposal.lines[start:], start=start + 1)
