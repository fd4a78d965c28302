"""A verdict with a line for each finding, which ``grep`` and the matchers of editors read."""

from __future__ import annotations

from ..._text import safe
from ...diagnostics import CheckResult, Diagnostic
from .context import counted_in, ReportContext
from .text import summary


def render(verdict: CheckResult, about: ReportContext) -> str:
    """*verdict* as ``path:line:column: severity code [name]: message`` and a summary."""
    return "\n".join([*map(line, counted_in(verdict)), summary(verdict)]) + "\n"


def line(told: Diagnostic) -> str:
    """*told* on one line, harmless to a terminal and a runner."""
    place = f"{safe(told.path, None)}:{told.span.line}:{told.span.column}"
    return f"{place}: {told.severity} {told.code} [{told.name}]: {safe(told.message, None)}"
