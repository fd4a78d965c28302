"""What stands behind each snippet: whether it was found to hold, and with which versions.

Committed results alone say that. They are strangers' text, and nothing is run here.
"""

from __future__ import annotations

from collections.abc import Iterator

from docutils import nodes

from ..notes.results import State
from ..notes.standing import difference
from ..notes.standing import Shown
from ..notes.standing import Standing
from ..notes.standing import versions
from ..text import safe
from .asked import Asked

LONGEST = 300
"""Characters of a value that are shown."""

MOST = 5
"""How many checks that failed are shown, of one snippet."""


def state(value: str) -> nodes.inline:
    """A state as a word; its class gives it a shape and a colour."""
    return nodes.inline("", value.replace("-", " "), classes=["fep-state", f"fep-state-{value}"])


def make(asked: Asked) -> list[nodes.Node]:
    """The verdict on the snippet whose text has that digest; nothing where there is none such."""
    for standing in asked.edition.standing(asked.page):
        for shown in standing.snippets:
            if shown.snippet.digest == asked.about and standing.note.framework:
                return [_verdict(standing, shown)]
    return []


def _verdict(standing: Standing, shown: Shown) -> nodes.container:
    line = nodes.paragraph("", "", state(shown.state), nodes.Text(_told(standing, shown)))
    made = nodes.container("", line, classes=["fep-verdict", f"fep-verdict-{shown.state}"])
    if shown.state is State.FAILED:
        made += list(_failures(shown))
    return made


def _told(standing: Standing, shown: Shown) -> str:
    title, result = standing.note.title, shown.result
    if result is None:
        return ": nobody has kept a result"
    match shown.state:
        case State.STALE:
            return f": the result is one {difference(standing, shown)}"
        case State.UNAVAILABLE:
            return f" on {title}: {safe(result.reason or 'no environment', LONGEST)}"
    return f" on {versions(title, result.version, result.python)}"


def _failures(shown: Shown) -> Iterator[nodes.Node]:
    """What came, where something else was expected; or why it did not get that far."""
    assert shown.result is not None
    if shown.result.reason:
        yield nodes.paragraph("", safe(shown.result.reason, LONGEST))
    items = []
    for check in [check for check in shown.result.checks if not check.ok][:MOST]:
        parts: list[nodes.Node] = [nodes.Text(f"Line {check.line}: expected ")]
        parts += [_value(check.expected), nodes.Text(", got "), _value(check.got)]
        items.append(nodes.list_item("", nodes.paragraph("", "", *parts)))
    if items:
        yield nodes.bullet_list("", *items)


def _value(text: str) -> nodes.literal:
    return nodes.literal("", safe(text, LONGEST))
