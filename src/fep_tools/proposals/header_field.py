"""A header as it was written, with its position."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from ..diagnostics import Span


@dataclass(frozen=True, slots=True)
class Line:
    """The part of a value that is on one line, with the column where it begins.

    :param end_column: In YAML, where a text ends that is written otherwise than it is read, such
        as ``"O\\'Brien"``; 0 if it is written as it is.
    """

    number: int
    column: int
    text: str
    end_column: int = 0


@dataclass(frozen=True)
class Field:
    """A header as it was written.

    :param column: The column of the name.
    :param colon: The colon, with the blanks around it if the dialect is ``rfc2822``.
    :param lines: The value. There is at least one line, which may be empty.
    :param source: In YAML, where the value is written, with its quotes or brackets.
    """

    name: str
    column: int
    colon: str
    lines: tuple[Line, ...]
    source: Span | None = None

    @cached_property
    def value(self) -> str:
        """The value, its lines joined by ``\\n``, each without the blanks around it."""
        return "\n".join(line.text for line in self.lines)

    @property
    def first_line(self) -> int:
        """The number of its first line."""
        return self.lines[0].number

    @property
    def last_line(self) -> int:
        """The number of its last line; blank lines after that do not count."""
        last = self.lines[-1].number
        return max(last, self.source.end_line) if self.source else last

    @property
    def is_decoded(self) -> bool:
        """True if it is not written as it is read, so that its parts have no positions."""
        return any(line.end_column for line in self.lines)

    @property
    def name_span(self) -> Span:
        """The span of the name, without the colon."""
        first_line, column = self.first_line, self.column
        return Span(first_line, column, first_line, column + len(self.name))

    def span(self, start: int = 0, end: int | None = None) -> Span:
        """Return the span of ``value[start:end]``, or that of the name if there is no value."""
        if not self.value:
            return self.name_span
        first = self._position(start)
        last = self._position(len(self.value) if end is None else end)
        return Span(*first, *last)

    def _position(self, offset: int) -> tuple[int, int]:
        """Return the line and the column of ``value[offset]``."""
        index = max(0, bisect_right(self._starts, offset) - 1)
        line = self.lines[index]
        return line.number, _column(line, offset - self._starts[index])

    @cached_property
    def _starts(self) -> list[int]:
        """The offset in the value at which each line begins: a list may be on a thousand lines."""
        lengths = (len(line.text) + 1 for line in self.lines[:-1])  # with the "\n" between them
        return [*accumulate(lengths, initial=0)]


def _column(line: Line, offset: int) -> int:
    """Return the column of ``line.text[offset]``, or the nearest that is known."""
    if line.end_column:
        return line.end_column if offset >= len(line.text) else line.column
    return line.column + offset
