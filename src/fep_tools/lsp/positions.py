"""Our places as an editor counts them, and the other way round.

We count lines, which end at ``\\n``, and code points from 1. The protocol counts from 0, in
the units of the encoding that was agreed upon; its lines end at a lone ``\\r`` as well.
Source: Language Server Protocol 3.17, "Text Documents" and "Position".
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from typing import NamedTuple

from ..diagnostics import Span

_END = re.compile(r"\r\n|\n|\r")


class Position(NamedTuple):
    """A place between two characters: a line and units in it, from 0."""

    line: int
    character: int


def _utf8(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))


def _utf16(text: str) -> int:
    return len(text) + sum(character > "\uffff" for character in text)


UNITS: dict[str, Callable[[str], int]] = {"utf-8": _utf8, "utf-16": _utf16, "utf-32": len}
"""How many units a text takes in each of the encodings that there are."""


class Lines:
    """A text whose places can be told in both ways."""

    def __init__(self, text: str, encoding: str = "utf-16") -> None:
        self._text = text
        self._units = UNITS[encoding]
        self._ours = [0, *(at + 1 for at, character in enumerate(text) if character == "\n")]
        self._theirs = [0, *(end.end() for end in _END.finditer(text))]

    def position(self, line: int, column: int) -> Position:
        """Where the editor has our *line* and *column*; what is beyond the text is its end."""
        at = self._offset(line, column)
        row = bisect_right(self._theirs, at) - 1
        return Position(row, self._units(self._text[self._theirs[row] : at]))

    def range(self, span: Span) -> tuple[Position, Position]:
        """Both ends of *span*."""
        start = self.position(span.line, span.column)
        return start, max(start, self.position(span.end_line, span.end_column))

    def place(self, position: Position) -> tuple[int, int]:
        """Our line and column of *position*; within a character, those before it."""
        row = min(max(position.line, 0), len(self._theirs) - 1)
        start = self._theirs[row]
        end = self._theirs[row + 1] if row + 1 < len(self._theirs) else len(self._text)
        line = self._text[start:end].rstrip("\r\n")
        at = start + _taken(line, position.character, self._units)
        ours = bisect_right(self._ours, at) - 1
        return ours + 1, at - self._ours[ours] + 1

    def _offset(self, line: int, column: int) -> int:
        """The characters before our *line* and *column*; a column never leaves its line."""
        if line > len(self._ours):
            return len(self._text)
        start = self._ours[line - 1]
        end = self._ours[line] - 1 if line < len(self._ours) else len(self._text)
        return min(start + column - 1, end)


def _taken(line: str, wanted: int, units: Callable[[str], int]) -> int:
    """How many characters of *line* fit into *wanted* units."""
    if line.isascii() or units is len:
        return min(max(wanted, 0), len(line))
    used = 0
    for index, character in enumerate(line):
        used += units(character)
        if used > wanted:
            return index
    return len(line)
