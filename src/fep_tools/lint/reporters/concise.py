"""One line per finding, for ``grep`` and for editors that match error messages."""

from __future__ import annotations

from ..._text import safe
from ...diagnostics import CheckResult, Diagnostic
from .context import ReportContext
from .text import summary


def render(result: CheckResult, context: ReportContext) -> str:
    """Return lines ``path:line:column: severity code [name]: message``, and a summary."""
    return "\n".join([*map(line, result.relevant), summary(result)]) + "\n"


def line(diagnostic: Diagnostic) -> str:
    """Return a diagnostic on one line, harmless to a terminal and to CI."""
    span = diagnostic.span
    location = f"{safe(diagnostic.path, None)}:{span.line}:{span.column}"
    rule = f"{diagnostic.severity} {diagnostic.code} [{diagnostic.name}]"
    return f"{location}: {rule}: {safe(diagnostic.message, None)}"
