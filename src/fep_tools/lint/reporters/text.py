"""A verdict for people: place, code, what was found, what to write, and a frame that shows it."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Iterator, Sequence

from ..._text import plural, safe, unobeyed, width
from ...diagnostics import CheckResult, Diagnostic, Severity

_STYLES = {"error": "1;31", "warning": "1;33", "style": "1;36", "bold": "1", "dim": "2"}
TAB = 4
LINES_SHOWN = 4
WIDEST = 100
"""Columns of a line that are shown; of a longer one, those around what the finding is about."""

DOTS = "\N{HORIZONTAL ELLIPSIS}"


MOST = 1000
"""How many findings are shown, and a tenth of them of one file (SEC-C6); all are counted."""


def render(verdict: CheckResult, *, color: bool = False, again: str = "fep check") -> str:
    """*verdict* as frames and a summary, with a line end.

    *again* is the command that was run, for hints; empty where there is none to repeat.
    """
    mine = [told for told in verdict.diagnostics if told.introduced is not False]
    frames = [_frame(told, _Paint(color), again) for told in _some(mine)]
    more = len(mine) - len(frames)
    rest = [f"and {more} more, which --format json tells\n"] if more else []
    return "\n".join([*frames, *rest, summary(verdict)]) + "\n"


def _some(told: Sequence[Diagnostic]) -> list[Diagnostic]:
    """At most :data:`MOST` of *told*, and so many of each file that others are seen as well."""
    seen: Counter[str] = Counter()
    kept: list[Diagnostic] = []
    for diagnostic in told:
        seen[diagnostic.path] += 1
        if seen[diagnostic.path] <= MOST // 10 and len(kept) < MOST:
            kept.append(diagnostic)
    return kept


def summary(verdict: CheckResult) -> str:
    """The last line: how many files, what was found in them, and what was there before."""
    mine = [told for told in verdict.diagnostics if told.introduced is not False]
    compared = any(told.introduced is not None for told in verdict.diagnostics)
    nothing = "nothing new" if compared else "nothing found"
    told = f"{plural(verdict.files, 'file')} checked: {_counts(mine) or nothing}"
    told += f"; {verdict.baselined} known" if verdict.baselined else ""
    old = [told for told in verdict.diagnostics if told.introduced is False]
    return f"{told}; there before: {_counts(old)}, which `fep check` shows" if old else told


def _counts(told: Sequence[Diagnostic]) -> str:
    nouns = (
        (Severity.ERROR, "error"),
        (Severity.WARNING, "warning"),
        (Severity.STYLE, "style finding"),
    )
    numbers = ((sum(d.severity is severity for d in told), noun) for severity, noun in nouns)
    return ", ".join(plural(number, noun) for number, noun in numbers if number)


class _Paint:
    """Colours, or none."""

    def __init__(self, on: bool) -> None:
        self._on = on

    def __call__(self, style: str, text: str) -> str:
        return f"\x1b[{_STYLES[style]}m{text}\x1b[0m" if self._on and text else text


def _frame(told: Diagnostic, paint: _Paint, again: str) -> str:
    path, severity = safe(told.path, None), str(told.severity)
    place = f"{path}:{told.span.line}:{told.span.column}"
    head = f"{paint(severity, f'{severity} {told.code}')} [{told.name}]"
    lines = [f"{paint('bold', place)}: {head}: {safe(told.message, None)}"]
    margin = len(str(told.span.line + min(len(told.excerpt), LINES_SHOWN))) + 1
    lines += _source(told, margin, paint)
    rim = paint("dim", " " * margin + " =")
    lines += [f"{rim} {name}: {text}" for name, text in _advice(told, path, again)]
    return "\n".join(lines) + "\n"


def _advice(told: Diagnostic, path: str, again: str) -> Iterator[tuple[str, str]]:
    for other in told.related:
        place = f"{safe(other.path, None)}:{other.span.line}:{other.span.column}"
        yield "see", f"{place}: {safe(other.message, None)}"
    if told.help:
        yield "help", safe(told.help, None)
    if told.edits and again:
        yield "fix", f"{safe(again, None)} --fix {shlex.quote(path)}"
    yield "why", f"fep explain {told.code}"


def _source(told: Diagnostic, margin: int, paint: _Paint) -> Iterator[str]:
    """The lines that the finding is about, each with a mark under it."""
    span = told.span
    for number, line in enumerate(told.excerpt[:LINES_SHOWN], start=span.line):
        start = span.column if number == span.line else len(line) - len(line.lstrip()) + 1
        end = span.end_column if number == span.end_line else len(line) + 1
        text, before, marked = _window(_shown(line), *_columns(line, start - 1, end - 1))
        yield paint("dim", f"{number:>{margin}} |") + f" {unobeyed(text)}".rstrip()
        mark = " " * before + paint(str(told.severity), "^" * marked)
        yield paint("dim", f"{'':>{margin}} |") + f" {mark}"
    if len(told.excerpt) > LINES_SHOWN:
        yield paint("dim", f"{'...':>{margin}}")


def _columns(line: str, start: int, end: int) -> tuple[int, int]:
    """How far into *line*, as it is shown, a mark begins, and how long it is."""
    before = width(_shown(line[:start]))
    return before, max(1, width(_shown(line[start:end], before)))


def _window(shown: str, before: int, marked: int) -> tuple[str, int, int]:
    """What fits of a long line, with where the mark begins in it and how long it is."""
    whole = width(shown)
    if whole <= WIDEST:
        return shown, before, marked
    first = max(0, min(before - WIDEST // 4, whole - WIDEST))
    last = min(first + WIDEST, whole)
    left, right = DOTS if first else "", DOTS if last < whole else ""
    text = _between(shown, first + len(left), last - len(right))
    before = min(before - first, WIDEST - 1)
    return f"{left}{text}{right}", before, min(marked, WIDEST - before)


def _between(shown: str, first: int, last: int) -> str:
    """The characters of *shown* in those columns; a blank for half of a wide one."""
    kept, column = "", 0
    for character in shown:
        after = column + width(character)
        if first <= column and after <= last and (kept or after > column):
            kept += character
        elif column < first < after or column < last < after:
            kept += " "
        column = after
    return kept


def _shown(text: str, column: int = 0) -> str:
    """*text*, which begins at *column*, as the frame shows it: tabs as blanks, all visible."""
    out = ""
    for character in text:
        blanks = " " * (TAB - column % TAB)
        shown = blanks if character == "\t" else safe(character, None)
        out += shown
        column += width(shown)
    return out
