"""Parse the headers at the top of a proposal. This is the only module that does.

The parser never fails. It keeps all that it can parse with its position, and the rest as
``stray_lines``; rules judge them. Lines are those of :func:`fep_tools._text.split_lines`, and
every white space of Unicode is white space, as it is to docutils.

PEPs have ``rfc2822``, maybe between two lines of ``---`` as GLEPs do::

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

The dialects ``paragraphs``, ``directives`` and ``bullet-list`` are in :mod:`.text_headers`, and
``code-block``, in which ``rfc2822`` is code, in :mod:`.code_headers`.
EIPs have ``yaml``, between two lines of ``---``; see :mod:`.front_matter`.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cached_property

from .._text import first_lines, split_lines, with_plain_blanks
from ..process.schema import Dialect, Header
from .code_headers import find_code_block
from .front_matter import parse_front_matter, YamlProblem
from .header_blocks import find_block, HEADER, OF_SPHINX
from .header_field import Field, Line
from .text_headers import (
    FENCE,
    find_front_matter,
    parse_bullets,
    parse_directives,
    parse_paragraphs,
    title_of_headers,
)  # fmt: skip

BYTE_ORDER_MARK = "\ufeff"
"""A character that some editors write at the start of a file."""

MAX_LINES = 1000
"""How many lines are searched for headers; a longer block is no block of headers."""

MAX_DETACHED_LINES = 50
"""Lines below the headers in which detached headers are looked for."""


@dataclass(frozen=True)
class Preamble:
    """The headers of a proposal, in the order in which they were written.

    :param stray_lines: Lines among them that belong to no header.
    :param first_line: The first line of the block, or of its fence; 0 if there are no headers.
    :param last_line: The last line of the block, or of its fence; 0 if there are no headers.
    :param text_lines: Lines of the block that belong to the text, such as ``.. contents::``.
    :param problem: Why the block is not YAML, if that is its dialect.
    """

    fields: tuple[Field, ...] = ()
    stray_lines: tuple[Line, ...] = ()
    first_line: int = 0
    last_line: int = 0
    text_lines: frozenset[int] = frozenset()
    problem: YamlProblem | None = None

    @cached_property
    def _by_name(self) -> dict[str, Field]:
        return {field.name: field for field in reversed(self.fields)}

    @cached_property
    def _by_folded_name(self) -> dict[str, Field]:
        return {field.name.casefold(): field for field in reversed(self.fields)}

    def get(self, name: str) -> Field | None:
        """Return the first header of exactly that name."""
        return self._by_name.get(name)

    def find(self, header: Header) -> Field | None:
        """Return the first field that is a header, also by a former name or in other capitals."""
        names = (header.name, *header.formerly)
        for name in names:
            if field := self._by_name.get(name):
                return field
        for name in names:
            if field := self._by_folded_name.get(name.casefold()):
                return field
        return None

    def joined(self, field: Field) -> Field:
        """Return *field* with the values of all fields of its name, each on lines of its own."""
        same = (other for other in self.fields if other.name == field.name)
        lines = tuple(line for other in same for line in other.lines if line.text)
        return replace(field, lines=lines) if lines else field

    def blanked(self, text: str) -> str:
        """Return *text* as docutils gets it: with the lines of the headers emptied.

        All other lines keep their numbers, and all characters their columns.
        """
        lines = split_lines(with_plain_blanks(text))
        block = range(self.first_line, self.last_line + 1) if self.last_line else range(0)
        for number in block:
            if number not in self.text_lines:
                lines[number - 1] = ""
        _start, end = find_front_matter(lines) or (0, 0)
        if end < self.first_line:  # of another generator of sites; the headers are below it
            lines[:end] = [""] * end
        for index, line in enumerate(lines):
            match = HEADER["field-list"].match(line)
            if match and match["name"] in OF_SPHINX:
                lines[index] = ""
            elif line.strip():
                break
        return "\n".join(lines)

    def find_detached(self, text: str, names: Collection[str]) -> tuple[Field, ...]:
        """Return the headers of a proposal that a blank line separates from the block above.

        In this example that is ``Status``, since headers end at the first blank line::

            FEP: 7
            Title: Typed views

            Status: Draft

        The first line below the blank must be a known header that the block lacks: a sentence such
        as ``Note: this is text`` is the beginning of the text.

        :param names: The names of all headers of the process.
        """
        if not any(field.name in names for field in self.fields):
            return ()
        lines = first_lines(text, self.last_line + MAX_DETACHED_LINES)
        start = next((n for n, s in enumerate(lines) if n >= self.last_line and s.strip()), 0)
        match = HEADER["rfc2822"].match(lines[start]) if start else None
        if match is None or match["name"] not in names or self.get(match["name"]):
            return ()
        # Blank lines in place of what is above keep the line numbers of the fields true.
        rest = "\n" * start + "\n".join(lines[start:])
        fields = Preamble.parse(rest, "rfc2822").fields
        return tuple(f for f in fields if f.name in names and not self.get(f.name))

    @property
    def line_count(self) -> int:
        """The number of lines of the block."""
        return self.last_line - self.first_line + 1 if self.last_line else 0

    @classmethod
    def parse(cls, text: str, dialect: Dialect) -> Preamble:
        """Parse the headers of *text*. A byte order mark takes up a column."""
        if parse_text := _PARSE_TEXT.get(dialect):
            lines = first_lines(text, MAX_LINES)
            return cls._of_text(parse_text(lines), lines)
        lines = first_lines(text.removeprefix(BYTE_ORDER_MARK), MAX_LINES)
        if dialect == "yaml":
            return cls._parse_yaml(lines)
        if dialect == "code-block":
            return cls._parse_code(lines)
        block = find_block(lines, dialect)
        if block is None:
            return cls()
        return cls._parse_block(lines, *block, dialect, text.startswith(BYTE_ORDER_MARK))

    @classmethod
    def _of_text(cls, fields: list[Field], lines: list[str]) -> Preamble:
        """Return headers that are text, between which other text may be."""
        if not fields:
            return cls()
        written = {n for field in fields for n in range(field.first_line, field.last_line + 1)}
        first, last = min(written), max(written)
        others = frozenset(range(first, last)) - written
        return cls(tuple(fields), (), title_of_headers(lines, first - 1) + 1, last, others)

    @classmethod
    def _parse_code(cls, lines: list[str]) -> Preamble:
        """Parse a block of code; the lines around it are part of the block, not of the text."""
        block = find_code_block(lines, HEADER["rfc2822"])
        if block is None:
            return cls()
        parsed = cls._parse_block(lines, block.start, block.end, "rfc2822", indent=block.indent)
        first_line = title_of_headers(lines, block.first) + 1
        return replace(parsed, first_line=first_line, last_line=block.last + 1)

    @classmethod
    def _parse_yaml(cls, lines: list[str]) -> Preamble:
        """Parse front matter; if it is no YAML, the lines in it that look like headers."""
        block = find_front_matter(lines)
        if block is None:
            return cls()
        start, end = block
        content = parse_front_matter(lines[start + 1 : end - 1], start + 2)
        if content.problem is None:
            return cls(content.fields, (), start + 1, end)
        plain = cls._parse_block(lines, start, end, "rfc2822")
        return cls(plain.fields, (), start + 1, end, problem=content.problem)

    @classmethod
    def _parse_block(
        cls, lines: list[str], start: int, end: int, dialect: Dialect, has_mark: bool = False,
        *, indent: int = 0,
    ) -> Preamble:  # fmt: skip
        fields: list[Field] = []
        stray_lines: list[Line] = []
        is_fenced = lines[start].rstrip() == lines[end - 1].rstrip() == FENCE
        for number in range(start + 1, end + 1):
            line = lines[number - 1].rstrip()
            outdent = min(indent, len(line) - len(line.lstrip()))
            line = line[outdent:]
            left = (2 if has_mark and number == 1 else 1) + outdent
            if match := HEADER[dialect].match(line):
                value = Line(number, left + match.end(), line[match.end() :])
                column = left + match.start("name")
                fields.append(Field(match["name"], column, match["colon"], (value,)))
                continue
            text = line.lstrip()
            rest = Line(number, left + len(line) - len(text), text)
            if fields and text != line:  # indented: it continues the last header
                last = fields[-1]
                fields[-1] = Field(last.name, last.column, last.colon, (*last.lines, rest))
            elif text and not (is_fenced and number in (start + 1, end)):
                stray_lines.append(rest)
        return cls(tuple(fields), tuple(stray_lines), start + 1, end)


_PARSE_TEXT = {
    "paragraphs": parse_paragraphs,
    "directives": parse_directives,
    "bullet-list": parse_bullets,
}
