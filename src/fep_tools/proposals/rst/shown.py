"""The text of a document that readers see."""

from __future__ import annotations

from docutils import nodes

STRUCK = "fep-struck"
"""The class of text that is struck out: ``~~never~~`` in Markdown."""

_HIDDEN = (nodes.comment, nodes.substitution_definition, nodes.system_message)
"""Nodes whose text is not on the page, or not where it is written."""


def shown_text(document: nodes.document) -> str:
    """Return the text that is on the page and not struck out.

    Each block begins on a line of its own. What docutils makes no text of, such as a target, the
    definition of a link or the URL behind a text, is not there.
    """
    parts: list[str] = []
    stack: list[nodes.Node] = [document]  # without recursion: a text may be deep
    while stack:
        node = stack.pop()
        if isinstance(node, nodes.Text):
            parts.append(node.astext())
        elif isinstance(node, nodes.Element) and not _is_hidden(node):
            if not isinstance(node, nodes.Inline):
                parts.append("\n")
            stack += reversed(node.children)
    return "".join(parts)


def _is_hidden(node: nodes.Element) -> bool:
    return isinstance(node, _HIDDEN) or STRUCK in node["classes"]
