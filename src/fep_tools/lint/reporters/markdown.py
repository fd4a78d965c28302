"""A Markdown table, for the job summary of GitHub Actions.

Text of proposals is in code spans, in which Markdown, HTML and ``@names`` mean nothing.

Source: GitHub Docs, "Workflow commands for GitHub Actions", section "Adding a job summary":
a summary of more than 1 MiB is dropped as a whole.
"""

from __future__ import annotations

import re

from ..._text import safe
from ...diagnostics import CheckResult, Diagnostic
from .context import ReportContext
from .text import summary

MAX_TABLE_BYTES = 900 * 1024
"""The size of the table's rows, which leaves room for the rest of the summary."""

_HEAD = ("| Location | Rule | Level | Message |", "| --- | --- | --- | --- |")


def render(result: CheckResult, context: ReportContext) -> str:
    """Return a heading, a table of the findings and a summary."""
    rows, free = [], MAX_TABLE_BYTES
    for diagnostic in result.relevant:
        row = _row(diagnostic, context)
        free -= len(row.encode()) + 1
        if free < 0:
            break
        rows.append(row)
    omitted = len(result.relevant) - len(rows)
    table = [*_HEAD, *rows, ""] if rows else []
    more = [f"And {omitted} more.", ""] if omitted else []
    return "\n".join([f"### {result.process} check", "", *table, *more, summary(result)]) + "\n"


def _row(diagnostic: Diagnostic, context: ReportContext) -> str:
    span = diagnostic.span
    location = _code_span(f"{context.path(diagnostic.path)}:{span.line}:{span.column}")
    url = context.rule_url(diagnostic.name)
    code = f"[{diagnostic.code}]({url})" if url else diagnostic.code
    message = _code_span(diagnostic.message)
    return f"| {location} | {code} {diagnostic.name} | {diagnostic.severity} | {message} |"


def _code_span(text: str) -> str:
    """Return a code span, with a longer fence than any in the text (CommonMark section 6.1).

    A bar would end the table cell even in a code span, so it is replaced by a similar sign.
    """
    shown = safe(text, None).replace("|", "\N{BROKEN BAR}")
    fence = "`" * (1 + max(map(len, re.findall("`+", shown)), default=0))
    return f"{fence} {shown} {fence}"
