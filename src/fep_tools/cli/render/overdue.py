"""Output of ``fep overdue``."""

from __future__ import annotations

from itertools import groupby

from ..._text import dump_json, escape_markdown, plural, safe
from ...editorial.reminders import OverdueReport, Reminder
from ...process.model import Process


def render(report: OverdueReport, process: Process, format_: str) -> str:
    """Return the report as ``text``, ``markdown`` or ``json``."""
    if format_ == "json":
        return dump_json(report.as_json())
    return _as_markdown(report, process) if format_ == "markdown" else _as_text(report, process)


def _as_text(report: OverdueReport, process: Process) -> str:
    """Return a paragraph for each proposal."""
    lines = []
    for group in _by_proposal(report):
        first = group[0]
        status = f" ({safe(first.status)})" if first.status else ""
        lines.append(f"{_label(first, process)}{status}")
        for reminder in group:
            since = f" since {reminder.since}" if reminder.since else ""
            lines += [
                f"  {reminder.kind}{since}: {safe(reminder.reason, None)}",
                f"    {_actor(reminder)}: {safe(_what_to_do(reminder), None)}",
            ]
        lines.append("")
    return "\n".join([*lines, *_summary(report), ""])


def _as_markdown(report: OverdueReport, process: Process) -> str:
    """Return a list with a box for each reminder, for an issue or a job summary."""
    lines = []
    for group in _by_proposal(report):
        for reminder in group:
            label = _label(reminder, process)
            since = f" (since {reminder.since})" if reminder.since else ""
            what = f"{label}: {reminder.reason}{since}. {_actor(reminder)}: {_what_to_do(reminder)}"
            lines.append(f"- [ ] {escape_markdown(what, None)}")
    return "\n".join([*lines, *([""] if lines else []), *_summary(report), ""])


def _label(reminder: Reminder, process: Process) -> str:
    title = safe(reminder.title or "")
    return title if reminder.number is None else process.label(reminder.number, title)


def _by_proposal(report: OverdueReport) -> list[list[Reminder]]:
    """Return the reminders of each proposal, in the order of the first of them."""
    order = {r.number: index for index, r in reversed(list(enumerate(report.reminders)))}
    ordered = sorted(report.reminders, key=lambda reminder: order[reminder.number])
    return [list(group) for _number, group in groupby(ordered, key=lambda r: r.number)]


def _actor(reminder: Reminder) -> str:
    """Return who has to act: ``authors (Ada Lovelace, Grace Hopper)``."""
    role = reminder.role + ("s" if reminder.role != "delegate" else "")
    return f"{role} ({safe(', '.join(reminder.names))})" if reminder.names else role


def _what_to_do(reminder: Reminder) -> str:
    run = f"run: {reminder.command}" if reminder.command else ""
    return ", or ".join(part for part in (reminder.action, run) if part)


def _summary(report: OverdueReport) -> list[str]:
    numbers = {r.number for r in report.reminders if r.number is not None}
    count = plural(len(report.reminders), "reminder")
    if numbers:
        count += f" for {plural(len(numbers), 'proposal')}"
    if not report.reminders:
        count = f"Nothing is due on {report.today}"
    return [count, *(f"Not known: {safe(omission, None)}" for omission in report.omissions)]
