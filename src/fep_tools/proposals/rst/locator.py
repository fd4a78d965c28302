"""Find the position of something that docutils has parsed.

Docutils knows at best the line on which a paragraph begins, and no columns at all. So the source
of a node is searched for from that line on. That costs little: a few lines are searched, and the
same text is found further below the next time.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from ..._text import split_lines
from ..body import Location

MAX_LINES = 400
"""How many lines are searched: a paragraph or a table cell is shorter."""

_ADORNMENT = re.compile(r"([!-/:-@\[-`{-~])\1*\s*$")  # "=====", the line under a title

# What is before the text of a comment. An item may begin with it: "- .. ", "* - .. ", "1. .. ",
# "(a) .. ", "iv. .. ", ":field: .. ", "-o FILE  .. ", ".. [1] .. ", ".. note:: .. ". No text
# matches in two ways, which would take exponential time.
_ENUMERATOR = r"\(?(?:[0-9]+|[a-z#]|[ivxlcdm]{2,})[.)]"
_EXPLICIT = r"\.\.\s+(?:\[[^]\s]+\]|\S+::)"
_OPTION = r"(?:--|[-+/])[a-z0-9](?: ?\S)*(?=  )"  # "-o FILE, --output=FILE  "
_COMMENT_START = re.compile(
    rf"\s*(?:(?:[-*+•‣⁃]|{_ENUMERATOR}|:[^:]+:|{_EXPLICIT}|{_OPTION})\s+)*(?P<dots>\.\.)\s+",
    re.IGNORECASE,
)


# ":ref:" before a backtick, but not in "See:ref:`x`", and ":ref:" after one.
_ROLE_BEFORE = re.compile(r"(?<![\w:]):[A-Za-z][\w.+:-]*:$")
_ROLE_AFTER = re.compile(r":[A-Za-z][\w.+-]*:(?![\w:])")


class Locator:
    """The lines of one text, and what was found in them so far.

    :param starts: The numbers of lines at which other texts begin, in which the source of a
        node above is not searched for.
    """

    def __init__(self, text: str, starts: Sequence[int] = ()) -> None:
        self._lines = split_lines(text)
        self._ends = [*(start - 1 for start in starts), len(self._lines)]
        self._last_found: dict[str, tuple[int, int]] = {}

    def line(self, number: int | None) -> Location:
        """Return a whole line without the blanks around it; the nearest if there is none."""
        number = min(max(number or 1, 1), len(self._lines))
        text = self._lines[number - 1]
        start = len(text) - len(text.lstrip()) + 1
        return Location(number, start, number, max(len(text.rstrip()) + 1, start))

    def text(self, location: Location) -> str:
        """Return the text at *location*, of its first line."""
        end = location.end_column - 1 if location.line == location.end_line else None
        return self._lines[location.line - 1][location.column - 1 : end]

    def is_at(self, source: str, location: Location) -> bool:
        """Return whether *source* is at *location*, so that a fix can replace it."""
        rows = self._lines[location.line - 1 : location.end_line]
        rows[-1] = rows[-1][: location.end_column - 1]
        rows[0] = rows[0][location.column - 1 :]
        return [row.strip() for row in rows] == [row.strip() for row in source.split("\n")]

    def rest(self, location: Location) -> str:
        """Return the text of the last line behind *location*."""
        return self._lines[location.end_line - 1][location.end_column - 1 :]

    def last_text_line(self, number: int | None) -> Location:
        """Return the last line up to that one that is not blank."""
        location = self.line(number)
        while location.column == location.end_column and location.line > 1:
            location = self.line(location.line - 1)
        return location

    def find(self, source: str, line: int | None) -> Location:
        """Return the position of *source* on *line* or below, each position once.

        For "first :fep:`7` and then :fep:`7`" the second call returns the second one.

        :param source: What docutils says that the author wrote; it may have several lines.
        :return: The line itself if *source* is not found.
        """
        first, *rest = source.split("\n")
        if not first:
            return self.line(line)
        start = max(line or 1, 1) - 1
        last_row, last_end = self._last_found.get(source, (-1, 0))
        end_of_text = next((end for end in self._ends if end > start), 0)
        rows = range(max(start, last_row), min(start + MAX_LINES, end_of_text))
        # In "`PEP 484 <...>`_ and `PEP" before "544 <...>`_", "`PEP" alone is the wrong place.
        # In the cell of a table, other text may follow, so a first line may have to be enough.
        for is_whole in (True, False) if rest else (False,):
            for row in rows:
                after = last_end if row == last_row else 0
                if is_whole:
                    column = self._find_at_end(first, rest, row, after)
                else:
                    column = _find_in_line(first, self._lines[row], after)
                if column >= 0:
                    end = column + len(first)
                    self._last_found[source] = (row, end)
                    return self._extend(row, column, end, rest)
        return self.line(line)

    def _find_at_end(self, first: str, rest: list[str], row: int, after: int) -> int:
        """Return the index of *first* at the end of a line, if the lines *rest* follow; or -1."""
        line = self._lines[row].rstrip()
        column = len(line) - len(first.rstrip())
        following = [text.strip() for text in self._lines[row + 1 : row + 1 + len(rest)]]
        follows = (
            len(following) == len(rest)
            and following[:-1] == [text.strip() for text in rest[:-1]]
            and following[-1].startswith(rest[-1].strip())
        )
        return column if column >= after and line.endswith(first.rstrip()) and follows else -1

    def find_block(self, source: str, line: int | None) -> Block:
        """Return the position of a paragraph.

        :param source: Its source, without indentation.
        :param line: The line on which it begins, according to docutils; in a table it is that of
            the row.
        """
        rows = source.split("\n")
        first = self._find_rows(rows, max(line or 1, 1) - 1)
        return Block(rows, first, self._lines[first : first + len(rows)])

    def _find_rows(self, rows: list[str], near: int) -> int:
        """Return the index of the first line from which on the lines contain *rows*."""
        for start in range(max(near - 2, 0), min(near + MAX_LINES, len(self._lines))):
            lines = self._lines[start : start + len(rows)]
            if len(lines) == len(rows) and all(map(_contains, lines, rows)):
                return start
        return min(near, len(self._lines) - 1)

    def _extend(self, row: int, column: int, end: int, rest: list[str]) -> Location:
        """Return the position from there to the end of the last of the lines *rest*."""
        last_row = row + len(rest)
        if rest and last_row < len(self._lines):
            last = rest[-1].strip()
            start = self._lines[last_row].find(last)
            if start >= 0:  # in a cell of a table, other lines may follow
                return Location(row + 1, column + 1, last_row + 1, start + len(last) + 1)
        return Location(row + 1, column + 1, row + 1, end + 1)

    def find_comment(self, text: str, after: int) -> Location:
        """Return the position of a comment below line *after*, each position once.

        :param text: The first line of its text, which may also be on the line below the dots.
        :return: From the two dots to the end of *text*; empty if the comment is not found, as in
            the cell of a table.
        """
        source = f".. {text}"
        last_row, _end = self._last_found.get(source, (-1, 0))
        first = max(after, last_row + 1, 0)
        for row in range(first, min(first + MAX_LINES, len(self._lines))):
            line = self._lines[row].rstrip()
            if not line.endswith(text):
                continue
            before, start = line.removesuffix(text), row
            if not before.strip() and row:
                before, start = f"{self._lines[row - 1]} ", row - 1
            if match := _COMMENT_START.fullmatch(before):
                self._last_found[source] = (row, len(line))
                return Location(start + 1, match.start("dots") + 1, row + 1, len(line) + 1)
        number = self.last_text_line(after).line
        return Location(number, 1, number, 1)

    def find_fence(self, number: int) -> Location | None:
        """Return the first line that begins with three backticks in the paragraph of that line."""
        start = end = number - 1
        while start > max(end - MAX_LINES, 0) and self._lines[start - 1].strip():
            start -= 1
        for row in range(start, min(end + MAX_LINES, len(self._lines))):
            text = self._lines[row].strip()
            if text.startswith("```"):
                return self.line(row + 1)
            if not text:
                break
        return None

    def find_fence_end(self, location: Location) -> int:
        """Return the number of the line that ends the block of code that a fence begins.

        That of the fence itself if there is no such line.
        """
        mark = self.text(location)[:3]
        for row in range(location.line, min(location.line + MAX_LINES, len(self._lines))):
            text = self._lines[row].strip()
            if text.startswith(mark):
                return row + 1 if text.strip(mark[0]) == "" else location.line
        return location.line

    def find_title(self, title: str, after: int) -> int:
        """Return the number of the line below line *after* that has *title*, underlined."""
        for row in range(after, len(self._lines) - 1):
            if self._lines[row].strip() == title and _ADORNMENT.match(self._lines[row + 1]):
                return row + 1
        return after or 1


class Block:
    """The position of a paragraph in a file.

    :param rows: The lines of its source.
    :param first: The index of the line of the first one.
    :param lines: The lines of the file.
    """

    def __init__(self, rows: list[str], first: int, lines: list[str]) -> None:
        self._rows = rows
        self._first = first
        self._lines = lines
        self._starts = [0]
        for row in rows:
            self._starts.append(self._starts[-1] + len(row) + 1)

    def locate(self, start: int, end: int) -> Location:
        """Return the position of the characters from *start* to *end* of the source."""
        return Location(*self._position(start), *self._position(end))

    def _position(self, offset: int) -> tuple[int, int]:
        number = min(bisect_right(self._starts, offset) - 1, len(self._rows) - 1)
        line = self._lines[number] if number < len(self._lines) else ""
        indent = max(_expanded(line).find(self._rows[number]), 0)
        column = indent + offset - self._starts[number]
        if "\t" in line:
            column = next((n for n in range(len(line)) if len(_expanded(line[: n + 1])) > column),
                          len(line))  # fmt: skip
        return self._first + number + 1, min(column, len(line)) + 1


def _contains(line: str, row: str) -> bool:
    if row and not row.strip(row[0]):  # "---" is no part of "-----"
        return row in re.findall(f"{re.escape(row[0])}+", _expanded(line))
    return row in _expanded(line)


def _expanded(line: str) -> str:
    """Return a line as docutils reads it: with blanks in place of tabs."""
    return line.expandtabs() if "\t" in line else line


def _find_in_line(text: str, line: str, start: int) -> int:
    """Return the index of *text* in *line*, or -1.

    In "not ``dict``, :ref:`dict` or `dict`_ but `dict`" the source "`dict`" is the last one.
    """
    index = line.find(text, start)
    while index >= 0:
        if not _is_part(text, line[:index], line[index + len(text) :]):
            break
        index = line.find(text, index + 1)
    return index


def _is_part(text: str, before: str, after: str) -> bool:
    """Return whether *text* between *before* and *after* is a part of other markup.

    A single backtick is not a part of two, a text with a role is not one without, and an
    underscore makes a link of it.
    """
    if text[0] == before[-1:] == "`" or text[-1] == after[:1] == "`":
        return True
    if text[0] == "`" and _ROLE_BEFORE.search(before):
        return True
    return text[-1] == "`" and (after.startswith("_") or _ROLE_AFTER.match(after) is not None)
