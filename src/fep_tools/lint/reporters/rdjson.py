"""A verdict as reviewdog's Diagnostic Format, whose suggestions take one click to accept.

Columns count bytes of UTF-8 from 1, and an end is exclusive. A suggestion has one range: a
fix of several edits is told as one that covers them all. Source: reviewdog,
``proto/rdf/reviewdog.proto``.
"""

from __future__ import annotations

from collections.abc import Sequence

from ...diagnostics import apply_edits, CheckResult, Diagnostic, Edit, Span
from .context import counted_in, ReportContext
from .json import dumped, Value

_SEVERITIES = {"error": "ERROR", "warning": "WARNING", "style": "INFO"}


def render(verdict: CheckResult, about: ReportContext) -> str:
    """*verdict* as one JSON document in ASCII, with a line end."""
    found: list[Value] = [_diagnostic(told, about) for told in counted_in(verdict)]
    return dumped({"source": {"name": "fep"}, "diagnostics": found}, indent=2) + "\n"


def render_lines(verdict: CheckResult, about: ReportContext) -> str:
    """*verdict* with a line of JSON for each finding: ``rdjsonl``."""
    found = counted_in(verdict)
    return "".join(f"{dumped(_diagnostic(told, about))}\n" for told in found)


def _diagnostic(told: Diagnostic, about: ReportContext) -> dict[str, Value]:
    lines = about.text(told.path).split("\n")
    code: dict[str, Value] = {"value": told.code}
    if page := about.page(told.name):
        code["url"] = page
    found: dict[str, Value] = {
        "message": told.message,
        "location": {"path": about.path(told.path), "range": _range(told.span, lines)},
        "severity": _SEVERITIES[told.severity],
        "code": code,
    }
    if told.edits:
        edit = joined(told.edits, lines)
        found["suggestions"] = [{"range": _range(edit.span, lines), "text": edit.text}]
    return found


def joined(edits: Sequence[Edit], lines: Sequence[str]) -> Edit:
    """The one edit of the text in *lines* that does the same as *edits*."""
    first, last = min(edit.span for edit in edits), max(map(_end, edits))
    span = Span(first.line, first.column, *last)
    old = "\n".join(lines[span.line - 1 : span.end_line])
    new = apply_edits(old, [_moved(edit, span.line - 1) for edit in edits])
    after = len(lines[span.end_line - 1]) - (span.end_column - 1)
    return Edit(span, new[span.column - 1 : len(new) - after])


def _moved(edit: Edit, lines: int) -> Edit:
    span = edit.span
    moved = Span(span.line - lines, span.column, span.end_line - lines, span.end_column)
    return Edit(moved, edit.text)


def _end(edit: Edit) -> tuple[int, int]:
    return edit.span.end_line, edit.span.end_column


def _range(span: Span, lines: Sequence[str]) -> Value:
    return {
        "start": _position(span.line, span.column, lines),
        "end": _position(span.end_line, span.end_column, lines),
    }


def _position(line: int, column: int, lines: Sequence[str]) -> Value:
    before = lines[line - 1][: column - 1] if line <= len(lines) else ""
    return {"line": line, "column": len(before.encode("utf-8", "replace")) + 1}
