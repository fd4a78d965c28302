"""GitLab's Code Quality report.

GitLab itself compares the reports of a merge request and its target branch. The report
therefore has all findings, not only the introduced ones. GitLab does not show ``check_name``,
so the description repeats the code. The link to the rule is in Markdown, in ``content``.

Sources: GitLab Docs, "Code Quality", section "Code Quality report format"; Code Climate Engine
Specification, section "Data Types", for ``content``.
"""

from __future__ import annotations

from ...diagnostics import CheckResult, Diagnostic, Severity
from .context import ReportContext
from .json import dump, JsonValue

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.STYLE: "info"}


def render(result: CheckResult, context: ReportContext) -> str:
    """Return the report as a JSON array."""
    return dump([_issue(d, context) for d in result.diagnostics], indent=2) + "\n"


def _issue(diagnostic: Diagnostic, context: ReportContext) -> JsonValue:
    issue: dict[str, JsonValue] = {
        "description": f"{diagnostic.code}: {diagnostic.message}",
        "check_name": diagnostic.code,
        "fingerprint": diagnostic.fingerprint,
        "severity": _SEVERITIES[diagnostic.severity],
        "location": {
            "path": context.path(diagnostic.path),
            "lines": {"begin": diagnostic.span.line, "end": diagnostic.span.end_line},
        },
    }
    if url := context.rule_url(diagnostic.name):
        issue["content"] = {"body": f"[{diagnostic.code} {diagnostic.name}]({url})"}
    return issue
