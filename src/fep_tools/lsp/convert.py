"""Positions, edits and diagnostics, converted to the Language Server Protocol and back.

Lines have the same ends in both, ``\\r`` alone among them. The rest of fep-tools counts lines and
code points from 1, and the protocol counts from 0, in units of the agreed encoding.
Source: Language Server Protocol 3.17, "Text Documents" and "Position".
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable

from lsprotocol import types

from .._text import line_starts, safe
from ..diagnostics import Diagnostic, Edit, Severity, Span
from ..lint.reporters.context import ReportContext

FILE_START = types.Range(types.Position(0, 0), types.Position(0, 0))

_SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.STYLE: types.DiagnosticSeverity.Information,
}


UNITS: dict[str, Callable[[str], int]] = {
    "utf-8": lambda text: len(text.encode("utf-8", "surrogatepass")),
    "utf-16": lambda text: len(text) + sum(character > "\uffff" for character in text),
    "utf-32": len,
}
"""The number of units of a text, by encoding."""


class Lines:
    """A text, to convert positions in it.

    :param encoding: the encoding in whose units the editor counts, a key of :data:`UNITS`.
    """

    def __init__(self, text: str, encoding: str = "utf-16") -> None:
        self._text = text
        self._count_units = UNITS[encoding]
        self._starts = line_starts(text)

    def to_position(self, line: int, column: int) -> types.Position:
        """Return the editor's position of a line and column; beyond the text, its end."""
        offset = self._offset(line, column)
        row = bisect_right(self._starts, offset) - 1
        before = self._text[self._starts[row] : offset]
        return types.Position(row, self._count_units(before))

    def to_range(self, span: Span) -> types.Range:
        """Return the editor's range of a span."""
        start, end = self.to_position(*span.start), self.to_position(*span.end)
        return types.Range(start, max(start, end))

    def to_edits(self, edits: Iterable[Edit]) -> list[types.TextEdit]:
        """Return edits as the editor makes them."""
        return [types.TextEdit(self.to_range(edit.span), edit.text) for edit in edits]

    def from_position(self, position: types.Position) -> tuple[int, int]:
        """Return the line and column of an editor's position.

        A position within a character, such as between two surrogates, is the one before it.
        """
        row = min(max(position.line, 0), len(self._starts) - 1)
        start = self._starts[row]
        is_last = row + 1 == len(self._starts)
        end = len(self._text) if is_last else self._starts[row + 1]
        line = self._text[start:end].rstrip("\r\n")
        return row + 1, _characters(line, position.character, self._count_units) + 1

    def _offset(self, line: int, column: int) -> int:
        """Return the offset of a line and column; a column never leaves its line."""
        if line > len(self._starts):
            return len(self._text)
        start = self._starts[line - 1]
        end = self._starts[line] - 1 if line < len(self._starts) else len(self._text)
        return min(start + column - 1, end)


def _characters(line: str, units: int, count_units: Callable[[str], int]) -> int:
    """Return the number of characters of *line* that fit into *units*."""
    if line.isascii() or count_units is len:
        return min(max(units, 0), len(line))
    used = 0
    for index, character in enumerate(line):
        used += count_units(character)
        if used > units:
            return index
    return len(line)


Locate = Callable[[str], tuple[str, Lines]]
"""Returns the URI of a path in the repository, and the lines of that file."""


def to_diagnostic(
    diagnostic: Diagnostic, lines: Lines, locate: Locate, rules_url: str
) -> types.Diagnostic:
    """Return a diagnostic of the text in *lines* as the editor shows it."""
    url = ReportContext(rules_url=rules_url).rule_url(diagnostic.name)
    message = diagnostic.message
    if diagnostic.help:
        message = f"{message}; {diagnostic.help}"
    related = []
    for other in diagnostic.related:
        uri, other_lines = locate(other.path)
        location = types.Location(uri, other_lines.to_range(other.span))
        text = safe(other.message, None)
        related.append(types.DiagnosticRelatedInformation(location, text))
    return types.Diagnostic(
        range=lines.to_range(diagnostic.span),
        message=safe(message, None),
        severity=_SEVERITIES[diagnostic.severity],
        code=diagnostic.code,
        code_description=types.CodeDescription(url) if url else None,
        source="fep",
        related_information=related or None,
        data=diagnostic.fingerprint,
    )
