"""A verdict as GitHub's workflow commands, which become annotations of a pull request.

GitHub shows ten annotations of a kind for each step, and of a message the first 4,096
characters. So errors come first, and what is beyond ten is told in plain lines of the log.
Columns are given only for findings within a line; GitHub does not say what it counts, and
gets code points. Sources: GitHub, "Workflow commands for GitHub Actions"; actions/runner,
``ActionCommand.cs`` and ``ExecutionContext.cs``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..._text import safe
from ...diagnostics import CheckResult, Diagnostic, Severity
from . import concise
from .context import counted_in, ReportContext
from .text import summary

SHOWN = 10
"""How many annotations of a kind GitHub shows for a step."""

_KINDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.STYLE: "notice"}
_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})


def render(verdict: CheckResult, about: ReportContext) -> str:
    """*verdict* as annotations: notes, errors, what is less, then what GitHub would not show."""
    mine = counted_in(verdict)
    kinds = [[told for told in mine if told.severity is severity] for severity in _KINDS]
    lines = [f"::notice title=fep::{safe(note, None).translate(_DATA)}" for note in verdict.notes]
    lines += [_command(told, about) for kind in kinds for told in kind[:SHOWN]]
    lines += _rest(told for kind in kinds for told in kind[SHOWN:])
    return "\n".join([*lines, summary(verdict)]) + "\n"


def _rest(told: Iterable[Diagnostic]) -> Iterator[str]:
    return (concise.line(diagnostic) for diagnostic in told)


def _command(told: Diagnostic, about: ReportContext) -> str:
    properties = ",".join(
        f"{name}={safe(str(value), None).translate(_PROPERTY)}"
        for name, value in _properties(told, about).items()
    )
    return f"::{_KINDS[told.severity]} {properties}::{_body(told).translate(_DATA)}"


def _properties(told: Diagnostic, about: ReportContext) -> dict[str, str | int]:
    span = told.span
    found: dict[str, str | int] = {"file": about.path(told.path), "line": span.line}
    if span.end_line == span.line:
        found |= {"col": span.column, "endColumn": span.end_column}
    return {**found, "endLine": span.end_line, "title": f"{told.code} {told.name}"}


def _body(told: Diagnostic) -> str:
    """The message with its place, since the log shows nothing else."""
    return "\n".join([concise.line(told), *([f"help: {safe(told.help, None)}"] * bool(told.help))])
