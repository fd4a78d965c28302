"""The report for people: location, rule and message, and the source with the span marked."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Iterable, Iterator
from operator import attrgetter

from ..._text import escape_runner_commands, plural, safe, width, wrap_words
from ...diagnostics import CheckResult, Diagnostic, Severity
from .context import ReportContext

TAB_COLUMNS = 4
"""The width of a tab in an excerpt."""

MAX_EXCERPT_LINES = 4

MAX_EXCERPT_COLUMNS = 100
"""The columns of a line that are shown; of a longer line, those around the finding."""

MIN_EXCERPT_COLUMNS = 10

CONTEXT = 500
"""How many characters of a long line are looked at on both sides of where a finding begins."""

MAX_FINDINGS = 1000
"""How many findings are shown, and a tenth of that per file. All findings are counted."""

ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"

# Parameters of the escape sequence "Select Graphic Rendition" (ECMA-48 section 8.3.117).
_STYLES = {"error": "1;31", "warning": "1;33", "style": "1;36", "bold": "1", "dim": "2"}


def render(result: CheckResult, context: ReportContext) -> str:
    """Return a frame per finding and a summary. This is a frame::

    proposals/fep-0012.rst:7:10: error H103 [header-date]: write 2025-03-03
     7 | Created: 3 March 2025
       |          ^^^^^^^^^^^^
       = fix: fep check --fix proposals/fep-0012.rst
       = why: fep explain H103
    """
    shown = _limited(result.relevant)
    frames = [_frame(diagnostic, _Painter(context.color), context) for diagnostic in shown]
    omitted = len(result.relevant) - len(shown)
    more = [f"and {omitted} more; to see all findings, use --format json\n"] if omitted else []
    last = summary(result)
    lines = [last] if context.columns is None else wrap_words(last, context.columns)
    return "\n".join([*frames, *more, *lines]) + "\n"


def _limited(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Return at most :data:`MAX_FINDINGS`, and not so many of one file that it hides others.

    Errors come first, so that warnings do not hide them.
    """
    per_file: Counter[str] = Counter()
    shown: list[Diagnostic] = []
    for diagnostic in sorted(diagnostics, key=lambda d: d.severity is not Severity.ERROR):
        per_file[diagnostic.path] += 1
        if per_file[diagnostic.path] <= MAX_FINDINGS // 10 and len(shown) < MAX_FINDINGS:
            shown.append(diagnostic)
    return sorted(shown, key=attrgetter("sort_key"))


def summary(result: CheckResult) -> str:
    """Return the last line: the number of files and of findings by severity."""
    nothing = "no new findings" if result.has_base else "no findings"
    parts = [
        f"{plural(result.files, 'file')} checked: {_counts(result.relevant) or nothing}",
        f"{result.baselined} in the baseline" if result.baselined else "",
        f"{_counts(result.preexisting)} before this change (to list all: fep check)"
        if result.preexisting
        else "",
    ]
    return "; ".join(part for part in parts if part)


def _counts(diagnostics: Iterable[Diagnostic]) -> str:
    """Return ``2 errors, 1 warning``; empty if there are no diagnostics."""
    counts = Counter(diagnostic.severity for diagnostic in diagnostics)
    nouns = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.STYLE: "style finding"}
    return ", ".join(plural(counts[level], noun) for level, noun in nouns.items() if counts[level])


class _Painter:
    """Wraps text in escape sequences, or does nothing if there are no colors."""

    def __init__(self, enabled: bool) -> None:
        self._enabled = enabled

    def __call__(self, style: str, text: str) -> str:
        return f"\x1b[{_STYLES[style]}m{text}\x1b[0m" if self._enabled and text else text


def _frame(diagnostic: Diagnostic, paint: _Painter, context: ReportContext) -> str:
    path, severity, span = safe(diagnostic.path, None), str(diagnostic.severity), diagnostic.span
    location = f"{path}:{span.line}:{span.column}"
    name, message = f"[{diagnostic.name}]", safe(diagnostic.message, None)
    excerpt_lines = min(len(diagnostic.excerpt), MAX_EXCERPT_LINES)
    margin = len(str(span.line + excerpt_lines)) + 1
    limit = context.columns
    rule = f"{paint(severity, f'{severity} {diagnostic.code}')} {name}"
    head = f"{paint('bold', location)}: {rule}"
    head_width = width(f"{location}: {severity} {diagnostic.code} {name}: ")
    if limit is None or head_width + width(message) <= limit:
        lines = [f"{head}: {message}"]
    else:
        lines = [f"{head}:"]
        if head_width > limit:
            lines = [f"{paint('bold', location)}:", f"  {rule}:"]
        lines += wrap_words(message, limit, "  ")
    lines += _source_lines(diagnostic, margin, paint, limit)
    edge = " " * margin + " = "
    for label, text, is_command in _hints(diagnostic, path, context):
        first, *more = (
            [f"{label}: {text}"]
            if limit is None or is_command
            else wrap_words(f"{label}: {text}", limit - len(edge))
        )
        lines.append(paint("dim", edge.rstrip()) + f" {first}")
        lines += [" " * (len(edge) + 2) + line for line in more]
    return "\n".join(lines) + "\n"


def _hints(
    diagnostic: Diagnostic, path: str, context: ReportContext
) -> Iterator[tuple[str, str, bool]]:
    """Yield the label and the text of each hint, and whether it is a command to be copied."""
    for related in diagnostic.related:
        location = f"{safe(related.path, None)}:{related.span.line}:{related.span.column}"
        yield "see", f"{location}: {safe(related.message, None)}", False
    if diagnostic.help:
        yield "help", safe(diagnostic.help, None), False
    if diagnostic.edits and context.command:
        yield "fix", f"{safe(context.command, None)} --fix {shlex.quote(path)}", True
    if context.explains:
        yield "why", f"fep explain {diagnostic.code}", True


def _source_lines(
    diagnostic: Diagnostic, margin: int, paint: _Painter, limit: int | None
) -> Iterator[str]:
    """Yield the lines of the excerpt, each followed by a line with its marks.

    :param limit: The width of the terminal.
    """
    span = diagnostic.span
    room = min(MAX_EXCERPT_COLUMNS, (limit or MAX_EXCERPT_COLUMNS * 2) - margin - len(" | "))
    for number, line in enumerate(diagnostic.excerpt[:MAX_EXCERPT_LINES], start=span.line):
        # On all lines but the first, the mark begins under the first character of the text.
        start = span.column if number == span.line else len(line) - len(line.lstrip()) + 1
        end = span.end_column if number == span.end_line else len(line) + 1
        # Making a line of 5,000 characters visible takes as long as all the rest.
        cut = max(0, start - 1 - CONTEXT)
        line = line[cut : cut + 2 * CONTEXT]
        start, end = start - cut, min(end - cut, len(line) + 1)
        columns = _mark_columns(line, start - 1, end - 1)
        text, offset, length = _window(_visible(line), *columns, max(room, MIN_EXCERPT_COLUMNS))
        yield paint("dim", f"{number:>{margin}} |") + f" {escape_runner_commands(text)}".rstrip()
        mark = " " * offset + paint(str(diagnostic.severity), "^" * length)
        yield paint("dim", f"{'':>{margin}} |") + f" {mark}"
    if len(diagnostic.excerpt) > MAX_EXCERPT_LINES:
        yield paint("dim", f"{'...':>{margin}}")


def _mark_columns(line: str, start: int, end: int) -> tuple[int, int]:
    """Return the column at which a mark begins under the visible line, and its length.

    A Chinese character takes two columns of a terminal, a combining one none.
    """
    offset = width(_visible(line[:start]))
    return offset, max(1, width(_visible(line[start:end], offset)))


def _window(visible: str, offset: int, length: int, room: int) -> tuple[str, int, int]:
    """Cut a long line down to the part around its mark.

    :param room: The columns that are shown.
    :return: The part that is shown, and the column and the length of the mark in it.
    """
    columns = width(visible)
    if columns <= room:
        return visible, offset, min(length, max(room - offset, 1))
    # A quarter of the window is text before the mark.
    first = max(0, min(offset - room // 4, columns - room))
    last = min(first + room, columns)
    left, right = ELLIPSIS if first else "", ELLIPSIS if last < columns else ""
    text = _columns_between(visible, first + len(left), last - len(right))
    offset = min(offset - first, room - 1)
    return f"{left}{text}{right}", offset, min(length, room - offset)


def _columns_between(visible: str, first: int, last: int) -> str:
    """Return the characters in a range of columns, with a blank for half of a wide one."""
    kept, column = "", 0
    for character in visible:
        end = column + width(character)
        # A combining character is kept only behind the character that it belongs to.
        if first <= column and end <= last and (kept or end > column):
            kept += character
        elif column < first < end or column < last < end:
            kept += " "
        column = end
    return kept


def _visible(text: str, column: int = 0) -> str:
    """Return *text* with tabs as blanks and invisible characters as escapes.

    :param column: The column at which the text begins, on which the width of tabs depends.
    """
    visible = ""
    for character in text:
        blanks = " " * (TAB_COLUMNS - column % TAB_COLUMNS)
        shown = blanks if character == "\t" else safe(character, None)
        visible += shown
        column += width(shown)
    return visible
