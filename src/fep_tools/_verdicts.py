"""A verdict as text that a cache can keep, and back."""

from __future__ import annotations

import json
from typing import Any

from .diagnostics import CheckResult, Diagnostic, Edit, Related, Severity, Span


def dump(verdict: CheckResult) -> str:
    """All of *verdict*, for :func:`load`."""
    rows = [
        [
            told.path, _span(told.span), told.code, told.name, str(told.severity), told.message,
            told.help, told.number, told.excerpt,
            [[_span(edit.span), edit.text] for edit in told.edits],
            [[other.path, _span(other.span), other.message] for other in told.related],
            told.fingerprint, told.introduced,
        ]
        for told in verdict.diagnostics
    ]  # fmt: skip
    return json.dumps([verdict.process, verdict.files, verdict.complete, verdict.baselined, rows])


def load(text: str) -> CheckResult:
    """The verdict that :func:`dump` wrote; raises :class:`ValueError` for anything else."""
    try:
        process, files, complete, known, rows = json.loads(text)
        return CheckResult(process, files, tuple(map(_told, rows)), complete, baselined=known)
    except (TypeError, IndexError) as problem:
        raise ValueError("not a verdict") from problem


def _told(row: list[Any]) -> Diagnostic:
    row[1], row[4], row[8] = Span(*row[1]), Severity(row[4]), tuple(row[8])
    row[9] = tuple(Edit(Span(*span), text) for span, text in row[9])
    row[10] = tuple(Related(path, Span(*span), message) for path, span, message in row[10])
    return Diagnostic(*row)


def _span(span: Span) -> tuple[int, int, int, int]:
    return (span.line, span.column, span.end_line, span.end_column)
