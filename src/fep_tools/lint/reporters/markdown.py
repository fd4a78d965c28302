"""A verdict as a Markdown table: the summary of a step, as GitHub shows it.

What strangers wrote stands in code spans, where neither Markdown, HTML nor the name of a
person means anything. GitHub drops a summary of more than a mebibyte as a whole (SEC-C3).
"""

from __future__ import annotations

import re

from ..._text import safe
from ...diagnostics import CheckResult, Diagnostic
from .context import counted_in, ReportContext
from .text import summary

LARGEST = 900 * 1024
"""How many bytes the rows of the table may have."""

_HEAD = ("| Place | Rule | Level | Message |", "| --- | --- | --- | --- |")


def render(verdict: CheckResult, about: ReportContext) -> str:
    """*verdict* as a heading, a table and a summary, with a line end."""
    found = counted_in(verdict)
    rows, left = [], LARGEST
    for told in found:
        row = _row(told, about)
        left -= len(row.encode()) + 1
        if left < 0:
            break
        rows.append(row)
    more = len(found) - len(rows)
    rest = [f"And {more} more.", ""] if more else []
    table = [*_HEAD, *rows, ""] if rows else []
    return "\n".join([f"### {verdict.process} check", "", *table, *rest, summary(verdict)]) + "\n"


def _row(told: Diagnostic, about: ReportContext) -> str:
    place = _code(f"{about.path(told.path)}:{told.span.line}:{told.span.column}")
    page = about.page(told.name)
    rule = f"[{told.code}]({page}) {told.name}" if page else f"{told.code} {told.name}"
    return f"| {place} | {rule} | {told.severity} | {_code(told.message)} |"


def _code(text: str) -> str:
    """*text* as a code span: a longer fence than any in it, and no bar, which ends a cell."""
    shown = safe(text, None).replace("|", "\N{BROKEN BAR}")
    fence = "`" * (1 + max(map(len, re.findall("`+", shown)), default=0))
    return f"{fence} {shown} {fence}"
