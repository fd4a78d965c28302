"""Positions in included files: lines below the last one of the proposal.

It is as if the files that a proposal includes stood below it. So everything that handles positions,
and every rule on bodies, works for included lines too; :func:`position_of` leads back to the file.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from .._text import split_lines
from .body import IncludedFile, Inclusion

MAX_INCLUDED = 200_000
"""How many characters one proposal may include; the longest PEP has 121,000 of its own."""

TOO_LARGE = f"is too large: a proposal includes {MAX_INCLUDED:,} characters"

_GAP = 2  # blank lines before each included text, so that no markup goes across


def text_with(text: str, texts: Iterable[str]) -> tuple[str, list[int]]:
    """Return a text with others below it, and the number of the first line of each."""
    lines = split_lines(text)
    starts = []
    for other in texts:
        lines += [""] * _GAP
        starts.append(len(lines) + 1)
        lines += split_lines(other)
    return "\n".join(lines), starts


def inclusions(text: str, files: Iterable[IncludedFile]) -> tuple[Inclusion, ...]:
    """Return where the lines of the files that can be included are, below a text."""
    readable = [file for file in files if not file.problem]
    starts = text_with(text, (file.text for file in readable))[1]
    return tuple(
        Inclusion(file.path, start, len(split_lines(file.text)))
        for file, start in zip(readable, starts, strict=True)
    )


class Position(NamedTuple):
    """A line of an included file."""

    path: str
    line: int


def position_of(line: int, found: Iterable[Inclusion]) -> Position | None:
    """Return the line of an included file that a line below a proposal stands for."""
    holders = (each for each in found if each.first_line <= line)
    last = max(holders, key=lambda each: each.first_line, default=None)
    if last is None:
        return None
    return Position(last.path, min(line - last.first_line + 1, max(last.length, 1)))
