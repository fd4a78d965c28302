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

The dialects ``paragraphs`` and ``directives`` are in :mod:`.text_headers`.
EIPs have ``yaml``, between two lines of ``---``; see :mod:`.front_matter`.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cached_property

from .._text import split_lines, with_plain_blanks
from ..process.schema import Dialect, Header
from .front_matter import parse_front_matter, YamlProblem
from .header_field import Field, Line
from .text_headers import (
    FENCE,
    find_below_title,
    find_front_matter,
    parse_directives,
    parse_paragraphs,
)  # fmt: skip

BYTE_ORDER_MARK = "\ufeff"
"""A character that some editors write at the start of a file."""

MAX_LINES = 1000
"""How many lines are searched for headers; a longer block is no block of headers."""

_HEADER = {
    # "Discussions-To: ...", "PEP : 8", of up to three words; not the URL of "https://...".
    "rfc2822": re.compile(
        r"(?P<name>[^\W\d_][\w-]*(?: [^\W\d_][\w-]*){0,2})(?P<colon>\s*:\s*)(?!//)"
    ),
    # ":Implementation Team: ..."; neither ":a::" nor the role of ":pep:`8`".
    "field-list": re.compile(r":(?P<name>[^:\s](?:[^:]*[^:\s])?)(?P<colon>:)(?!:|[\w:.+-]*`)\s*"),
}

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
        for name in (header.name, *header.formerly):
            if field := self.get(name):
                return field
        folded = self._by_folded_name
        names = (name.casefold() for name in (header.name, *header.formerly))
        return next((folded[name] for name in names if name in folded), None)

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
            match = _HEADER["field-list"].match(line)
            if match and match["name"] in _OF_SPHINX:
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
        lines = split_lines(text)
        start = next((n for n, s in enumerate(lines) if n >= self.last_line and s.strip()), 0)
        match = _HEADER["rfc2822"].match(lines[start]) if start else None
        if match is None or match["name"] not in names or self.get(match["name"]):
            return ()
        # Blank lines in place of what is above keep the line numbers of the fields true.
        rest = "\n" * start + "\n".join(lines[start : start + MAX_DETACHED_LINES])
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
            return cls._of_text(parse_text(split_lines(text)[:MAX_LINES]))
        lines = split_lines(text.removeprefix(BYTE_ORDER_MARK))[:MAX_LINES]
        if dialect == "yaml":
            return cls._parse_yaml(lines)
        block = _find_fenced(lines, dialect) or _FIND_BLOCK[dialect](lines)
        if block is None:
            return cls()
        return cls._parse_block(lines, *block, dialect, text.startswith(BYTE_ORDER_MARK))

    @classmethod
    def _of_text(cls, fields: list[Field]) -> Preamble:
        """Return headers that are paragraphs or directives, of which others may be between them."""
        if not fields:
            return cls()
        written = {n for field in fields for n in range(field.first_line, field.last_line + 1)}
        first, last = min(written), max(written)
        others = frozenset(range(first, last)) - written
        return cls(tuple(fields), (), first, last, others)

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
        plain = cls._parse_block(lines, start, end, "rfc2822", has_mark=False)
        return cls(plain.fields, (), start + 1, end, problem=content.problem)

    @classmethod
    def _parse_block(
        cls, lines: list[str], start: int, end: int, dialect: Dialect, has_mark: bool
    ) -> Preamble:
        fields: list[Field] = []
        stray_lines: list[Line] = []
        is_fenced = lines[start].rstrip() == lines[end - 1].rstrip() == FENCE
        for number in range(start + 1, end + 1):
            line = lines[number - 1].rstrip()
            left = 2 if has_mark and number == 1 else 1
            if match := _HEADER[dialect].match(line):
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


# Where a block of headers begins and ends: indices of lines as range() takes them. None if there
# is no block.


def _find_fenced(lines: list[str], dialect: Dialect) -> tuple[int, int] | None:
    """Find a block between two lines of ``---`` at the top, without a blank line in it.

    A ``---`` with a header on the next line is not its end, if there is another one below; it
    belongs to no header.
    """
    if lines[0].rstrip() != FENCE:
        return None
    is_header = _HEADER[dialect].match
    stop = next((index for index, line in enumerate(lines) if not line.strip()), len(lines))
    fences = [index for index in range(1, stop) if lines[index].rstrip() == FENCE]
    ends = [index for index in fences[:-1] if not is_header(lines[index + 1])] + fences[-1:]
    has_header = bool(ends) and any(map(is_header, lines[1 : ends[0]]))
    return (0, ends[0] + 1) if has_header else None


def _find_rfc2822(lines: list[str]) -> tuple[int, int] | None:
    """Find the first paragraph, if a line in it is a header."""
    start = next((n for n, line in enumerate(lines) if line.strip()), len(lines))
    end = next((n for n in range(start, len(lines)) if not lines[n].strip()), len(lines))
    is_header = _HEADER["rfc2822"].match
    return (start, end) if any(map(is_header, lines[start:end])) else None


def _find_field_list(lines: list[str]) -> tuple[int, int] | None:
    """Find the first field list, if nothing but the title of the document is above it.

    Labels, comments, directives and definitions of substitutions may stand above it too, and
    fields for Sphinx, such as ``:orphan:``.
    """
    is_header = _HEADER["field-list"].match
    start = find_below_title(lines, lambda index: is_header(lines[index]) is not None)
    if start is None:
        return None
    end = _end_of_field_list(lines, start)
    fields = filter(None, map(is_header, lines[start:end]))
    if all(match["name"] in _OF_SPHINX for match in fields):
        return _find_field_list([*[""] * end, *lines[end:]])
    return start, end


_OF_SPHINX = frozenset(("nocomments", "nosearch", "orphan", "tocdepth"))
"""Fields at the top of a file that Sphinx reads, and does not show."""


def _end_of_field_list(lines: list[str], start: int) -> int:
    """Return the index after the last field.

    Blank lines between two fields belong to the list. A text in the first column ends it, and so
    does an indented one after a blank line.
    """
    end = start + 1
    for index in range(start + 1, len(lines)):
        line = lines[index]
        is_continued = end == index and line[:1].isspace()
        if line.strip() and (is_continued or _HEADER["field-list"].match(line)):
            end = index + 1
        elif line.strip():
            break
    return end


_FIND_BLOCK = {"rfc2822": _find_rfc2822, "field-list": _find_field_list}

_PARSE_TEXT = {"paragraphs": parse_paragraphs, "directives": parse_directives}
