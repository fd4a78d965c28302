"""A verdict with a line of JSON for each finding, for programs that read as it comes."""

from __future__ import annotations

from ...diagnostics import CheckResult
from .context import ReportContext
from .json import dumped, row


def render(verdict: CheckResult, about: ReportContext) -> str:
    """Each finding of *verdict* as the JSON report has it, on a line of its own."""
    return "".join(f"{dumped(row(told, about.url))}\n" for told in verdict.diagnostics)
