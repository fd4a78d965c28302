"""GitHub's workflow commands, which become annotations of a pull request.

GitHub shows ten annotations of each level per step, and the first 4,096 characters of a
message. Errors therefore come first, and findings beyond ten are plain lines of the log.
Columns are given only for findings within one line, as GitHub requires; its documentation
does not say what it counts, and gets code points.

Sources: GitHub Docs, "Workflow commands for GitHub Actions", section "Setting an error
message"; actions/runner, ``ActionCommand.cs`` (escaping) and ``ExecutionContext.cs`` (limits).
"""

from __future__ import annotations

from ..._text import safe
from ...diagnostics import CheckResult, Diagnostic, Severity
from . import concise
from .context import ReportContext
from .text import summary

MAX_ANNOTATIONS = 10
"""The number of annotations of a level that GitHub shows for a step."""

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.STYLE: "notice"}

# The runner splits a command at "::", and its properties at "," and ":".
_ESCAPED_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_ESCAPED_PROPERTY = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})


def render(result: CheckResult, context: ReportContext) -> str:
    """Return notes, annotations by level, the lines that GitHub would not show, a summary."""
    levels = [[d for d in result.relevant if d.severity is severity] for severity in _COMMANDS]
    notes = (safe(note, None).translate(_ESCAPED_DATA) for note in result.notes)
    lines = [
        *(f"::notice title=fep::{note}" for note in notes),
        *(_command(d, context) for level in levels for d in level[:MAX_ANNOTATIONS]),
        *(concise.line(d) for level in levels for d in level[MAX_ANNOTATIONS:]),
        summary(result),
    ]
    return "\n".join(lines) + "\n"


def _command(diagnostic: Diagnostic, context: ReportContext) -> str:
    """Return a command such as ``::error file=a.rst,line=3,title=H103 header-date::message``."""
    properties = ",".join(
        f"{name}={safe(str(value), None).translate(_ESCAPED_PROPERTY)}"
        for name, value in _properties(diagnostic, context).items()
    )
    data = _message(diagnostic).translate(_ESCAPED_DATA)
    return f"::{_COMMANDS[diagnostic.severity]} {properties}::{data}"


def _properties(diagnostic: Diagnostic, context: ReportContext) -> dict[str, str | int]:
    span = diagnostic.span
    properties: dict[str, str | int] = {"file": context.path(diagnostic.path), "line": span.line}
    if span.end_line == span.line:
        properties |= {"col": span.column, "endColumn": span.end_column}
    title = f"{diagnostic.code} {diagnostic.name}"
    return {**properties, "endLine": span.end_line, "title": title}


def _message(diagnostic: Diagnostic) -> str:
    """Return the message with its location, since the log shows only the message."""
    help_lines = [f"help: {safe(diagnostic.help, None)}"] if diagnostic.help else []
    return "\n".join([concise.line(diagnostic), *help_lines])
