"""Parse the headers at the top of a proposal. This is the only module that does.

The parser never fails. It keeps all that it can parse with its position, and the rest as
``stray_lines``; rules judge them. A line ends at ``\\n`` and nowhere else.

There are two dialects. PEPs have ``rfc2822``, maybe between two lines of ``---`` as GLEPs do::

    PEP: 8
    Title: Style Guide for Python Code
    Author: Guido van Rossum <guido@python.org>,
            Barry Warsaw <barry@python.org>

DEPs have a ``field-list`` under the title::

    ===============================
    DEP 7: Official Django Projects
    ===============================

    :DEP: 0007
    :Author: Andrew Godwin
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from ..diagnostics import Span
from ..process.schema import Dialect

BYTE_ORDER_MARK = "\ufeff"
"""A character that some editors write at the start of a file."""

MAX_LINES = 1000
"""How many lines are searched for headers; a longer block is no block of headers."""

_HEADER = {
    # "Discussions-To: ...", "PEP : 8", of up to three words; not the URL of "https://...".
    "rfc2822": re.compile(
        r"(?P<name>[^\W\d_][\w-]*(?: [^\W\d_][\w-]*){0,2})(?P<colon>[ \t]*:[ \t]*)(?!//)"
    ),
    # ":Implementation Team: ..."; neither ":a::" nor the role of ":pep:`8`".
    "field-list": re.compile(
        r":(?P<name>[^:\s](?:[^:]*[^:\s])?)(?P<colon>:)(?!:|[\w:.+-]*`)[ \t]*"
    ),
}

_ADORNMENT = re.compile(r"([!-/:-@\[-`{-~])\1{2,}$")  # "====", the line over or under a title


@dataclass(frozen=True, slots=True)
class Line:
    """The part of a value that is on one line, with the column where it begins."""

    number: int
    column: int
    text: str


@dataclass(frozen=True)
class Field:
    """A header as it was written.

    :param column: The column of the name.
    :param colon: The colon, with the blanks around it if the dialect is ``rfc2822``.
    :param lines: The value. There is at least one line, which may be empty.
    """

    name: str
    column: int
    colon: str
    lines: tuple[Line, ...]

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
        return self.lines[-1].number

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
        *others, last = self.lines
        for line in others:
            if offset <= len(line.text):
                return line.number, line.column + offset
            offset -= len(line.text) + 1  # the "\n" that joins it to the next one
        return last.number, last.column + offset


@dataclass(frozen=True)
class Preamble:
    """The headers of a proposal, in the order in which they were written.

    :param stray_lines: Lines among them that belong to no header.
    :param first_line: The first line of the block, or of its fence; 0 if there are no headers.
    :param last_line: The last line of the block, or of its fence; 0 if there are no headers.
    """

    fields: tuple[Field, ...] = ()
    stray_lines: tuple[Line, ...] = ()
    first_line: int = 0
    last_line: int = 0

    @cached_property
    def _by_name(self) -> dict[str, Field]:
        return {field.name: field for field in reversed(self.fields)}

    def get(self, name: str) -> Field | None:
        """Return the first header of exactly that name."""
        return self._by_name.get(name)

    def blanked(self, text: str) -> str:
        """Return *text* with the lines of the headers emptied; all others keep their numbers."""
        if not self.last_line:
            return text
        lines = text.split("\n")
        above, below = lines[: self.first_line - 1], lines[self.last_line :]
        return "\n".join([*above, *[""] * self.line_count, *below])

    @property
    def line_count(self) -> int:
        """The number of lines of the block."""
        return self.last_line - self.first_line + 1 if self.last_line else 0

    @classmethod
    def parse(cls, text: str, dialect: Dialect) -> Preamble:
        """Parse the headers of *text*. A byte order mark takes up a column."""
        lines = text.removeprefix(BYTE_ORDER_MARK).split("\n")[:MAX_LINES]
        block = _find_fenced(lines) or _FIND_BLOCK[dialect](lines)
        if block is None:
            return cls()
        return cls._parse_block(lines, *block, dialect, text.startswith(BYTE_ORDER_MARK))

    @classmethod
    def _parse_block(
        cls, lines: list[str], start: int, end: int, dialect: Dialect, has_mark: bool
    ) -> Preamble:
        fields: list[Field] = []
        stray_lines: list[Line] = []
        for number in range(start + 1, end + 1):
            line = lines[number - 1].rstrip(" \t\r")
            left = 2 if has_mark and number == 1 else 1
            if match := _HEADER[dialect].match(line):
                value = Line(number, left + match.end(), line[match.end() :])
                column = left + match.start("name")
                fields.append(Field(match["name"], column, match["colon"], (value,)))
                continue
            text = line.lstrip(" \t")
            rest = Line(number, left + len(line) - len(text), text)
            if fields and text != line:  # indented: it continues the last header
                last = fields[-1]
                fields[-1] = Field(last.name, last.column, last.colon, (*last.lines, rest))
            elif text and text != "---":
                stray_lines.append(rest)
        return cls(tuple(fields), tuple(stray_lines), start + 1, end)


# Where a block of headers begins and ends: indices of lines as range() takes them. None if there
# is no block.


def _find_fenced(lines: list[str]) -> tuple[int, int] | None:
    """Find a block between two lines of ``---`` at the top, without a blank line in it."""
    if lines[0].rstrip() != "---":
        return None
    for index, line in enumerate(lines[1:], start=1):
        if line.rstrip() == "---":
            return 0, index + 1
        if not line.strip():
            return None
    return None


def _find_rfc2822(lines: list[str]) -> tuple[int, int] | None:
    """Find the first paragraph, if a line in it is a header."""
    start = next((n for n, line in enumerate(lines) if line.strip(" \t\r")), len(lines))
    end = next((n for n in range(start, len(lines)) if not lines[n].strip(" \t\r")), len(lines))
    is_header = _HEADER["rfc2822"].match
    return (start, end) if any(map(is_header, lines[start:end])) else None


def _find_field_list(lines: list[str]) -> tuple[int, int] | None:
    """Find the first field list, if nothing but the title of the document is above it."""
    texts = 0
    for start, line in enumerate(lines):
        if _HEADER["field-list"].match(line):
            return start, _end_of_field_list(lines, start)
        if line.strip() and not _ADORNMENT.match(line.strip()):
            texts += 1
        if texts > 1:
            break
    return None


def _end_of_field_list(lines: list[str], start: int) -> int:
    """Return the index after the last field.

    Blank lines between two fields belong to the list. A text in the first column ends it, and so
    does an indented one after a blank line.
    """
    end = start + 1
    for index in range(start + 1, len(lines)):
        line = lines[index]
        is_continued = end == index and line.startswith((" ", "\t"))
        if line.strip() and (is_continued or _HEADER["field-list"].match(line)):
            end = index + 1
        elif line.strip():
            break
    return end


_FIND_BLOCK = {"rfc2822": _find_rfc2822, "field-list": _find_field_list}
