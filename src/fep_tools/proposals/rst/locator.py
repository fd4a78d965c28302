"""Where in a text something stands that docutils read there.

Docutils knows at best the line on which a paragraph begins, so its words are looked for from
there on. Finding costs little: a few lines are searched, and none twice.
"""

from __future__ import annotations

import re

from ..body import Location

REACH = 400
"""How many lines a paragraph or a cell may have for something in it to be found."""

_ADORNMENT = re.compile(r"([!-/:-@\[-`{-~])\1*\s*$")


class Locator:
    """The lines of one text, and what was found in them so far."""

    def __init__(self, text: str) -> None:
        self._lines = [line.rstrip("\r") for line in text.split("\n")]
        self._found: dict[str, tuple[int, int]] = {}

    def line(self, number: int | None) -> Location:
        """The whole of a line, without the blanks around it."""
        number = min(max(number or 1, 1), len(self._lines))
        text = self._lines[number - 1]
        start = len(text) - len(text.lstrip()) + 1
        return Location(number, start, number, max(len(text.rstrip()) + 1, start))

    def last_text_line(self, number: int | None) -> Location:
        """The last line up to that one that is not blank."""
        place = self.line(number)
        while place.column == place.end_column and place.line > 1:
            place = self.line(place.line - 1)
        return place

    def find(self, source: str, line: int | None) -> Location:
        """Where *source* stands, on *line* or after; each place is given once.

        Where it cannot be found, the line itself.
        """
        first, *rest = source.split("\n")
        if not first:
            return self.line(line)
        start = max(line or 1, 1) - 1
        last, after = self._found.get(source, (-1, 0))
        for at in range(max(start, last), min(start + REACH, len(self._lines))):
            column = _column(first, self._lines[at], after if at == last else 0)
            if column >= 0:
                end = column + len(first)
                self._found[source] = (at, end)
                return self._extent(at, column, end, rest)
        return self.line(line)

    def _extent(self, at: int, column: int, end: int, rest: list[str]) -> Location:
        """From there to the end of the last of the lines *rest*, if they follow."""
        last = at + len(rest)
        if rest and last < len(self._lines):
            end = self._lines[last].find(rest[-1]) + len(rest[-1])
            return Location(at + 1, column + 1, last + 1, max(end, 0) + 1)
        return Location(at + 1, column + 1, at + 1, end + 1)

    def find_comment(self, text: str, after: int) -> Location:
        """The line after line *after* on which a comment has *text*."""
        first = max(after, 0)
        for at in range(first, min(first + REACH, len(self._lines))):
            if self._lines[at].strip() in (text, f".. {text}"):
                return self.line(at + 1)
        return self.last_text_line(after)

    def find_fence(self, number: int) -> Location | None:
        """The first line with three backquotes in the paragraph around that line, if any."""
        start = end = number - 1
        while start > max(end - REACH, 0) and self._lines[start - 1].strip():
            start -= 1
        for at in range(start, min(end + REACH, len(self._lines))):
            text = self._lines[at].strip()
            if text.startswith("```"):
                return self.line(at + 1)
            if not text:
                break
        return None

    def find_title(self, title: str, after: int) -> int:
        """The number of the line that holds *title*, underlined, after line *after*."""
        for at in range(after, len(self._lines) - 1):
            if self._lines[at].strip() == title and _ADORNMENT.match(self._lines[at + 1]):
                return at + 1
        return after or 1


def _column(text: str, line: str, start: int) -> int:
    """Where *text* stands in *line*, -1 if nowhere; one backquote is not part of two."""
    at = line.find(text, start)
    while at >= 0 and _is_part(text, line[at - 1 : at], line[at + len(text) :][:1]):
        at = line.find(text, at + 1)
    return at


def _is_part(text: str, before: str, after: str) -> bool:
    return text[0] == before == "`" or text[-1] == after == "`"
