"""Output of ``fep agenda``."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from ..._text import dump_json, escape_markdown, safe, width
from ...editing.rst_inline import escape
from ...editorial.agenda import Agenda, AgendaItem
from ...process.model import Process

TASKS = ("Discussed", "Decision", "Next step, and who takes it")
"""What the minutes leave room for, below each item."""


def render(agenda: Agenda, process: Process, format_: str, *, minutes: bool) -> str:
    """Return the agenda as ``markdown``, ``rst`` or ``json``.

    :param minutes: Leave room for the minutes.
    """
    if format_ == "json":
        return dump_json(agenda.as_json())
    markup = _MARKUPS[format_]
    kind = "Minutes" if minutes else "Agenda"
    lines = [*markup.title(f"{kind} of {agenda.today}", 1), ""]
    if minutes:
        lines += ["Present: ", ""]
    if not agenda.sections:
        lines += [f"Nothing is known to have moved since {agenda.since}, and nothing is due.", ""]
    for section in agenda.sections:
        lines += [*markup.title(section.title, 2), ""]
        for item in section.items:
            lines.append(f"- {markup.name(item, process)}: {markup.escape(safe(item.text, None))}")
            if minutes:
                lines += ["", *(f"  - {task}: " for task in TASKS), ""]
        if not minutes:
            lines.append("")
    return "\n".join(line.rstrip() for line in lines)


class _Markup(NamedTuple):
    """How a markup language writes the parts of an agenda."""

    title: Callable[[str, int], list[str]]
    escape: Callable[[str], str]
    link: str

    def name(self, item: AgendaItem, process: Process) -> str:
        """Return the label and the title of a proposal, with a link to its discussion."""
        label = item.title if item.number is None else process.label(item.number, item.title)
        text = self.escape(safe(label or ""))
        return self.link.format(text=text, url=item.url) if item.url else text


def _markdown_title(text: str, level: int) -> list[str]:
    return [f"{'#' * level} {text}"]


def _rst_title(text: str, level: int) -> list[str]:
    return [text, "=-"[level - 1] * width(text)]


def _rst_text(text: str) -> str:
    return escape(text).replace("<", "\\<")


_MARKUPS = {
    "markdown": _Markup(
        lambda text, level: [f"{'#' * level} {text}"], escape_markdown, "[{text}]({url})"
    ),
    "rst": _Markup(_rst_title, _rst_text, "`{text} <{url}>`__"),
}
