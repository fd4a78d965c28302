"""Output of ``fep ready``."""

from __future__ import annotations

from ..._text import dump_json, escape_markdown, join_words, safe
from ...editorial.readiness import Item, Readiness
from ...process.model import Process


def render(report: Readiness, process: Process, format_: str) -> str:
    """Return the report as ``text``, ``markdown`` or ``json``."""
    if format_ == "json":
        return dump_json(report.as_json())
    return _as_markdown(report, process) if format_ == "markdown" else _as_text(report, process)


def _as_text(report: Readiness, process: Process) -> str:
    """Return the items with boxes, and a summary."""
    lines = [_heading(report, process), ""]
    for item in report.items:
        lines.append(f"[{'x' if item.done else ' '}] {_describe(item)}")
        if item.help and not item.done:
            lines.append(f"    {safe(item.help, None)}")
    return "\n".join([*lines, "", *_people(report), _summary(report), ""])


def _as_markdown(report: Readiness, process: Process) -> str:
    """Return the items as a task list, for the text of a pull request."""
    lines = [escape_markdown(_heading(report, process), None), ""]
    for item in report.items:
        help_ = f" ({safe(item.help, None)})" if item.help and not item.done else ""
        text = escape_markdown(f"{_describe(item)}{help_}", None)
        lines.append(f"- [{'x' if item.done else ' '}] {text}")
    people = [escape_markdown(line, None) for line in _people(report)]
    return "\n".join([*lines, "", *people, escape_markdown(_summary(report)), ""])


def _heading(report: Readiness, process: Process) -> str:
    label = process.label(report.number, safe(report.title or ""))
    return f"{label}: {safe(report.status)} -> {safe(report.target)}"


def _describe(item: Item) -> str:
    position = f"{safe(item.path or '', None)}:{item.line}: " if item.line else ""
    level = f"{item.severity}: " if item.severity and item.severity != "error" else ""
    return f"{position}{level}{safe(item.text, None)}"


def _people(report: Readiness) -> list[str]:
    lines = []
    if report.deciders:
        lines.append(f"Decided by: {safe(join_words(report.deciders))}")
    if report.conflicts:
        names = safe(join_words(report.conflicts, "and"))
        lines.append(f"Conflict of interest: {names} wrote it; another editor should merge it")
    lines += [f"Not known: {safe(omission, None)}" for omission in report.omissions]
    return lines


def _summary(report: Readiness) -> str:
    undone = [item for item in report.items if not item.done]
    done = len(report.items) - len(undone)
    if not undone:
        return f"{done} of {done} done: ready for {safe(report.target)}"
    verb = "ready, with warnings" if report.is_ready else "not ready"
    return f"{done} of {len(report.items)} done: {verb} for {safe(report.target)}"
