"""What stands behind each snippet: whether it was found to hold, and with which versions.

Committed results alone say that. They are strangers' text, and nothing is run here.
"""

from __future__ import annotations

from collections.abc import Iterator

from docutils import nodes

from .._i18n import gettext_noop
from .._text import safe
from ..notes.results import ResultState
from ..notes.store import describe_versions, explain_stale, NoteStatus, SnippetStatus
from .context import RenderContext
from .i18n import _, gettext_nodes, translator

LONGEST = 300
"""Characters of a value that are shown."""

MOST = 5
"""How many checks that failed are shown, of one snippet."""


STATES = {
    "verified": gettext_noop("verified"),
    "failed": gettext_noop("failed"),
    "stale": gettext_noop("stale"),
    "not-run": gettext_noop("not run"),
    "unavailable": gettext_noop("unavailable"),
    "claim-only": gettext_noop("claim only"),
}
"""The states in words."""


def state(value: str) -> nodes.inline:
    """A state as a word; its class gives it a shape and a colour."""
    return nodes.inline("", _(STATES[value]), classes=["fep-state", f"fep-state-{value}"])


def make(asked: RenderContext) -> list[nodes.Node]:
    """The verdict on the snippet whose text has that digest; nothing where there is none such."""
    for standing in asked.edition.standing(asked.page):
        for shown in standing.snippets:
            if shown.snippet.digest == asked.about and standing.note.framework:
                return [_verdict(standing, shown)]
    return []


def _verdict(standing: NoteStatus, shown: SnippetStatus) -> nodes.container:
    line = nodes.paragraph("", "", state(shown.state), nodes.Text(_told(standing, shown)))
    made = nodes.container("", line, classes=["fep-verdict", f"fep-verdict-{shown.state}"])
    if shown.state is ResultState.FAILED:
        made += list(_failures(shown))
    return made


def _told(standing: NoteStatus, shown: SnippetStatus) -> str:
    title, result = standing.note.title, shown.result
    if result is None:
        return _(": nobody has kept a result")
    match shown.state:
        case ResultState.STALE:
            return _(
                ": the snippet {difference}",
                difference=explain_stale(standing, shown, translator),
            )
        case ResultState.UNAVAILABLE:
            reason = safe(result.reason, LONGEST) if result.reason else _("no environment")
            return " " + _("on {framework}: {reason}", framework=title, reason=reason)
    told = describe_versions(title, result.version, result.python)
    return " " + _("on {versions}", versions=told)


def _failures(shown: SnippetStatus) -> Iterator[nodes.Node]:
    """What came, where something else was expected; or why it did not get that far."""
    assert shown.result is not None
    if shown.result.reason:
        yield nodes.paragraph("", safe(shown.result.reason, LONGEST))
    items = []
    for check in [check for check in shown.result.checks if not check.ok][:MOST]:
        values = {"expected": _value(check.expected), "got": _value(check.got)}
        line = nodes.Text(str(check.line))
        parts = gettext_nodes("Line {line}: expected {expected}, got {got}", line=line, **values)
        items.append(nodes.list_item("", nodes.paragraph("", "", *parts)))
    if items:
        yield nodes.bullet_list("", *items)


def _value(text: str) -> nodes.literal:
    return nodes.literal("", safe(text, LONGEST))
