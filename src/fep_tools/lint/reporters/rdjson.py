"""The Reviewdog Diagnostic Format, whose suggestions a reviewer accepts with one click.

Columns count the bytes of UTF-8 from 1, and the end is exclusive. A suggestion has one range,
so several edits of a fix are joined into one.

Source: reviewdog, ``proto/rdf/reviewdog.proto``.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..._text import split_lines
from ...diagnostics import apply_edits, CheckResult, Diagnostic, Edit, Severity, Span
from .context import ReportContext
from .json import dump, JsonValue

_SEVERITIES = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.STYLE: "INFO"}


def render(result: CheckResult, context: ReportContext) -> str:
    """Return one JSON document (``rdjson``)."""
    diagnostics: list[JsonValue] = [_diagnostic(d, context) for d in result.relevant]
    return dump({"source": {"name": "fep"}, "diagnostics": diagnostics}, indent=2) + "\n"


def render_lines(result: CheckResult, context: ReportContext) -> str:
    """Return one line of JSON per finding (``rdjsonl``)."""
    return "".join(f"{dump(_diagnostic(d, context))}\n" for d in result.relevant)


def _diagnostic(diagnostic: Diagnostic, context: ReportContext) -> dict[str, JsonValue]:
    # Columns in bytes need the text of the lines.
    lines = split_lines(context.read_text(diagnostic.path))
    code: dict[str, JsonValue] = {"value": diagnostic.code}
    if url := context.rule_url(diagnostic.name):
        code["url"] = url
    location = {"path": context.path(diagnostic.path), "range": _range(diagnostic.span, lines)}
    table: dict[str, JsonValue] = {
        "message": diagnostic.message,
        "location": location,
        "severity": _SEVERITIES[diagnostic.severity],
        "code": code,
    }
    if diagnostic.edits:
        edit = joined_edit(diagnostic.edits, lines)
        table["suggestions"] = [{"range": _range(edit.span, lines), "text": edit.text}]
    return table


def joined_edit(edits: Sequence[Edit], lines: Sequence[str]) -> Edit:
    """Return one edit that does the same as several.

    It replaces everything from the start of the first edit to the end of the last one.

    :param lines: The lines of the text that the edits are for.
    """
    span = Span(*min(edit.span.start for edit in edits), *max(edit.span.end for edit in edits))
    # Apply the edits to the affected lines alone, then cut off what is outside of the span.
    old = "\n".join(lines[span.line - 1 : span.end_line])
    new = apply_edits(old, [_shifted(edit, span.line - 1) for edit in edits])
    kept_at_end = len(lines[span.end_line - 1]) - (span.end_column - 1)
    return Edit(span, new[span.column - 1 : len(new) - kept_at_end])


def _shifted(edit: Edit, lines: int) -> Edit:
    span = edit.span
    shifted = Span(span.line - lines, span.column, span.end_line - lines, span.end_column)
    return Edit(shifted, edit.text)


def _range(span: Span, lines: Sequence[str]) -> JsonValue:
    return {"start": _position(*span.start, lines), "end": _position(*span.end, lines)}


def _position(line: int, column: int, lines: Sequence[str]) -> JsonValue:
    before = lines[line - 1][: column - 1] if line <= len(lines) else ""
    return {"line": line, "column": len(before.encode("utf-8", "replace")) + 1}
