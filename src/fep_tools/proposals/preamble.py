"""Read the headers at the top of a proposal: the only reader of headers there is.

Lenient on purpose. Whatever can be read is kept with its place, and what cannot is kept as
``stray``; judging is the work of rules. Lines end at ``\\n`` and nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from ..diagnostics import Span
from ..process.schema import Dialect

BYTE_ORDER_MARK = "\ufeff"
"""What some editors write before the first character of a file."""

MAX_LINES = 1000
"""Lines in which headers are looked for; what is longer is no block of headers."""

_HEADER = {
    "rfc2822": re.compile(
        r"(?P<name>[^\W\d_][\w-]*(?: [^\W\d_][\w-]*){0,2})(?P<colon>[ \t]*:[ \t]*)(?!//)"
    ),
    "field-list": re.compile(
        r":(?P<name>[^:\s](?:[^:]*[^:\s])?)(?P<colon>:)(?!:|[\w:.+-]*`)[ \t]*"
    ),
}
_ADORNMENT = re.compile(r"([!-/:-@\[-`{-~])\1{2,}$")


@dataclass(frozen=True, slots=True)
class Line:
    """The part of a value that stands on one line."""

    number: int
    column: int
    text: str


@dataclass(frozen=True)
class Field:
    """One header as written.

    *value* joins its lines with ``\\n``, each without the blanks around it; *last* is the
    number of the last line, blank continuation lines not counted.
    """

    name: str
    column: int
    colon: str
    lines: tuple[Line, ...]

    @cached_property
    def value(self) -> str:
        """What stands after the colon, continuation lines included."""
        return "\n".join(line.text for line in self.lines)

    @property
    def first_line(self) -> int:
        """The number of its first line."""
        return self.lines[0].number

    @property
    def last_line(self) -> int:
        """The number of its last line."""
        return self.lines[-1].number

    @property
    def name_span(self) -> Span:
        """Where the name stands, without its colon."""
        return Span(self.first_line, self.column, self.first_line, self.column + len(self.name))

    def span(self, start: int = 0, end: int | None = None) -> Span:
        """Where ``value[start:end]`` stands in the file; the name where that is empty."""
        if not self.value:
            return self.name_span
        first, last = self._place(start), self._place(len(self.value) if end is None else end)
        return Span(*first, *last)

    def _place(self, offset: int) -> tuple[int, int]:
        for line in self.lines:
            if offset <= len(line.text):
                return line.number, line.column + offset
            offset -= len(line.text) + 1
        last = self.lines[-1]
        return last.number, last.column + len(last.text)


@dataclass(frozen=True)
class Preamble:
    """The headers in the order in which they were written.

    *stray* lines belong to no header; *first* and *last* are the lines that the block
    takes, fences included, or 0 where there is none.
    """

    fields: tuple[Field, ...] = ()
    stray_lines: tuple[Line, ...] = ()
    first_line: int = 0
    last_line: int = 0

    @cached_property
    def _by_name(self) -> dict[str, Field]:
        return {field.name: field for field in reversed(self.fields)}

    def get(self, name: str) -> Field | None:
        """The first header of that exact name."""
        return self._by_name.get(name)

    def blanked(self, text: str) -> str:
        """*text* with the lines of the headers emptied, so that line numbers stay true."""
        if not self.last_line:
            return text
        lines = text.split("\n")
        return "\n".join(
            [*lines[: self.first_line - 1], *[""] * self.line_count, *lines[self.last_line :]]
        )

    @property
    def line_count(self) -> int:
        """How many lines the block takes."""
        return self.last_line - self.first_line + 1 if self.last_line else 0

    @classmethod
    def parse(cls, text: str, dialect: Dialect) -> Preamble:
        """The headers of *text*; never raises. A byte order mark counts as a column."""
        lines = text.removeprefix(BYTE_ORDER_MARK).split("\n", MAX_LINES)[:MAX_LINES]
        start, end = _fenced(lines) or _find[dialect](lines)
        return cls._collect(lines, start, end, dialect, text.startswith(BYTE_ORDER_MARK))

    @classmethod
    def _collect(
        cls, lines: list[str], start: int, end: int, dialect: Dialect, marked: bool
    ) -> Preamble:
        fields: list[Field] = []
        stray: list[Line] = []
        for number in range(start + 1, end + 1):
            line = lines[number - 1].rstrip(" \t\r")
            left = 2 if marked and number == 1 else 1
            if match := _HEADER[dialect].match(line):
                value = Line(number, left + match.end(), line[match.end() :])
                fields.append(
                    Field(match["name"], left + match.start("name"), match["colon"], (value,))
                )
                continue
            text = line.lstrip(" \t")
            rest = Line(number, left + len(line) - len(text), text)
            if fields and text != line:
                fields[-1] = _continued(fields[-1], rest)
            elif text and text != "---":
                stray.append(rest)
        return cls(tuple(fields), tuple(stray), start + 1 if end > start else 0, end)


def _continued(field: Field, line: Line) -> Field:
    return Field(field.name, field.column, field.colon, (*field.lines, line))


def _fenced(lines: list[str]) -> tuple[int, int] | None:
    """A block between two lines of ``---``, as GLEPs have it."""
    if lines[0].rstrip() != "---":
        return None
    for index, line in enumerate(lines[1:], start=1):
        if line.rstrip() == "---":
            return 0, index + 1
        if not line.strip():
            return None
    return None


def _rfc2822(lines: list[str]) -> tuple[int, int]:
    """From the first line that is not blank to the next that is."""
    start = next((n for n, line in enumerate(lines) if line.strip(" \t\r")), len(lines))
    if start == len(lines):
        return 0, 0
    if not _HEADER["rfc2822"].match(lines[start]) and not _any_header(lines, start):
        return 0, 0
    end = next((n for n in range(start, len(lines)) if not lines[n].strip(" \t\r")), len(lines))
    return start, end


def _any_header(lines: list[str], start: int) -> bool:
    block = _until_blank(lines, start)
    return any(_HEADER["rfc2822"].match(line) for line in block)


def _until_blank(lines: list[str], start: int) -> Iterator[str]:
    for line in lines[start:]:
        if not line.strip(" \t\r"):
            return
        yield line


def _field_list(lines: list[str]) -> tuple[int, int]:
    """The first field list, if nothing but the document's title stands before it."""
    titles = 0
    for start, line in enumerate(lines):
        if _HEADER["field-list"].match(line):
            return start, _end_of_list(lines, start)
        if line.strip() and not _ADORNMENT.match(line.strip()):
            titles += 1
        if titles > 1:
            break
    return 0, 0


def _end_of_list(lines: list[str], start: int) -> int:
    """Where it ends: before a text, or a blank line that no other field follows."""
    end = start + 1
    for index in range(start + 1, len(lines)):
        line = lines[index]
        continued = end == index and line.startswith((" ", "\t"))
        if line.strip() and (continued or _HEADER["field-list"].match(line)):
            end = index + 1
        elif line.strip():
            break
    return end


_find = {"rfc2822": _rfc2822, "field-list": _field_list}
