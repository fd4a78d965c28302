"""A verdict as GitLab's Code Quality report.

GitLab compares the report of a merge request with that of its target by itself, so that
all findings are told. It shows no ``check_name``; the code stands in the description too.
Source: GitLab, "Code Quality", section "Code Quality report format".
"""

from __future__ import annotations

from ...diagnostics import CheckResult, Diagnostic, Severity
from .context import ReportContext
from .json import dumped, Value

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.STYLE: "info"}


def render(verdict: CheckResult, about: ReportContext) -> str:
    """*verdict* as JSON in ASCII, with a line end."""
    return dumped([_issue(told, about) for told in verdict.diagnostics], indent=2) + "\n"


def _issue(told: Diagnostic, about: ReportContext) -> Value:
    return {
        "description": f"{told.code}: {told.message}",
        "check_name": told.code,
        "fingerprint": told.fingerprint,
        "severity": _SEVERITIES[told.severity],
        "location": {
            "path": about.path(told.path),
            "lines": {"begin": told.span.line, "end": told.span.end_line},
        },
    }
