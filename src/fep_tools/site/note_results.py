"""Results of the snippets in cross-framework notes, shown below each snippet.

Only committed results are shown. They are untrusted text, and building runs nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from typing import Any, TYPE_CHECKING

from docutils import nodes
from sphinx.transforms import SphinxTransform

from .._i18n import gettext_noop
from .._text import safe
from ..notes.model import SNIPPET_CLASS
from ..notes.results import results_path, ResultState
from ..notes.store import describe_versions, explain_stale, NoteStatus, SnippetStatus
from .deferred import deferred, RenderContext
from .domain import domain_of
from .i18n import _, gettext_nodes, translator

if TYPE_CHECKING:
    from sphinx.application import Sphinx

MAX_VALUE_LENGTH = 300
"""Characters of a value that are shown."""

MAX_FAILURES = 5
"""Failed checks that are shown of one snippet."""

STATES = {
    "verified": gettext_noop("verified"),
    "failed": gettext_noop("failed"),
    "stale": gettext_noop("outdated"),
    "not-run": gettext_noop("not run"),
    "unavailable": gettext_noop("unavailable"),
    "claim-only": gettext_noop("no snippet"),
}
"""The states of results, as readers see them."""


def state_badge(state: str) -> nodes.inline:
    """Return a state, with the class ``fep-state-STATE``."""
    return nodes.inline("", _(STATES[state]), classes=["fep-state", f"fep-state-{state}"])


# Placeholders ----------------------------------------------------------------------------------


class MarkSnippets(SphinxTransform):
    """Put a placeholder for the result below each snippet of a proposal."""

    default_priority = 400

    def apply(self, **_: Any) -> None:
        """Add the placeholders to a proposal, if its process has notes."""
        content = domain_of(self.env).content
        proposal = content.proposals.get(self.env.docname)
        if proposal is None or content.process.notes is None:
            return
        for block in list(self.document.findall(nodes.literal_block)):
            if SNIPPET_CLASS in block["classes"]:
                self.env.note_dependency(str(content.root / results_path(proposal.path)))
                _insert_after(block, deferred(kind="snippet", argument=_digest(block.astext())))


def _insert_after(block: nodes.literal_block, placeholder: nodes.Node) -> None:
    # <container literal_block="True" classes="literal-block-wrapper">
    #     <caption>..</caption> <literal_block>..</literal_block> </container>
    has_caption = "literal-block-wrapper" in block.parent.get("classes", ())
    outer: Any = block.parent if has_caption else block
    outer.parent.insert(outer.parent.index(outer) + 1, placeholder)


def _digest(text: str) -> str:
    """Return the digest that :class:`~fep_tools.notes.model.Snippet` has of the same text."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def register(app: Sphinx) -> None:
    """Register the transform."""
    app.add_transform(MarkSnippets)


# Results ---------------------------------------------------------------------------------------


def render_result(context: RenderContext) -> list[nodes.Node]:
    """Return the result of the snippet with a digest; nothing if no note has that snippet."""
    for note in context.content.note_statuses(context.page):
        for snippet in note.snippets:
            if snippet.snippet.digest == context.argument and note.note.framework:
                return [_result_box(note, snippet)]
    return []


def _result_box(note: NoteStatus, snippet: SnippetStatus) -> nodes.container:
    state = snippet.state
    line = nodes.paragraph("", "", state_badge(state), nodes.Text(_describe(note, snippet)))
    box = nodes.container("", line, classes=["fep-verdict", f"fep-verdict-{state}"])
    if state is ResultState.FAILED:
        box += list(_failures(snippet))
    return box


def _describe(note: NoteStatus, snippet: SnippetStatus) -> str:
    """Return what follows the state: `` on Sanic 25.12.1, Python 3.11``."""
    title, result = note.note.title, snippet.result
    if result is None:
        return _(": no result recorded")
    match snippet.state:
        case ResultState.STALE:
            reason = explain_stale(note, snippet, translator)
            return _(": the snippet {difference}", difference=reason)
        case ResultState.UNAVAILABLE:
            reason = safe(result.reason, MAX_VALUE_LENGTH) if result.reason else ""
            reason = reason or _("no environment")
            return " " + _("on {framework}: {reason}", framework=title, reason=reason)
    versions = describe_versions(title, result.version, result.python)
    return " " + _("on {versions}", versions=versions)


def _failures(snippet: SnippetStatus) -> Iterator[nodes.Node]:
    """Return why a snippet failed, and the checks that failed."""
    assert snippet.result is not None
    if snippet.result.reason:
        yield nodes.paragraph("", safe(snippet.result.reason, MAX_VALUE_LENGTH))
    items = []
    for check in [check for check in snippet.result.checks if not check.ok][:MAX_FAILURES]:
        parts = gettext_nodes(
            "Line {line}: expected {expected}, got {got}",
            line=nodes.Text(str(check.line)),
            expected=_literal(check.expected),
            got=_literal(check.got),
        )
        items.append(nodes.list_item("", nodes.paragraph("", "", *parts)))
    if items:
        yield nodes.bullet_list("", *items)


def _literal(value: str) -> nodes.literal:
    return nodes.literal("", safe(value, MAX_VALUE_LENGTH))
