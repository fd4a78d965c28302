"""Make nodes of the tags of HTML in Markdown that are harmless.

``<details>`` are shown open: a text that is hidden could be neither searched for nor printed.
"""

from __future__ import annotations

import html
import re

from docutils import nodes

PAIRS = {"sub": nodes.subscript, "sup": nodes.superscript, "kbd": nodes.inline}
"""Tags of HTML whose text has a node of its own."""

DETAILS = "fep-details"
"""The class of the node for ``<details>``."""

# "<details>", "<details open>", "</details>" and "<summary><b>Views</b></summary>"
_PART = re.compile(
    r"\s*(?:(?P<open><details(?:\s+open)?>)|(?P<close></details>)"
    r"|<summary>(?P<summary>.*?)</summary>)\s*",
    re.IGNORECASE | re.DOTALL,
)
_FONT = re.compile(r"</?(?:b|strong|i|em|code)>", re.IGNORECASE)


def split_details(text: str) -> list[re.Match[str]] | None:
    """Return the tags of a block of HTML, or ``None`` if something else is in it."""
    parts: list[re.Match[str]] = []
    position = 0
    while position < len(text):
        part = _PART.match(text, position)
        if part is None or "<" in _FONT.sub("", part["summary"] or ""):
            return None
        parts.append(part)
        position = part.end()
    return parts


class Disclosure:
    """The ``<details>`` of a document that are open."""

    def __init__(self) -> None:
        self._open: list[nodes.container] = []

    def can_add(self, parts: list[re.Match[str]]) -> bool:
        """Return whether each end has a beginning."""
        depth = len(self._open)
        for part in parts:
            depth += bool(part["open"]) - bool(part["close"])
            if depth < 0:
                return False
        return True

    def add(self, part: re.Match[str], parent: nodes.Element) -> None:
        """Add what a tag begins to *parent*, or put what it ends into the node of its beginning.

        A text with headings has sections of its own, and stays below that node.
        """
        if part["open"]:
            node = nodes.container(classes=[DETAILS])
            parent.append(node)
            self._open.append(node)
        elif part["close"]:
            node = self._open.pop()
            if node.parent is parent:
                following = parent.children[parent.index(node) + 1 :]
                del parent[parent.index(node) + 1 :]
                node += following
        else:
            text = " ".join(html.unescape(_FONT.sub("", part["summary"])).split())
            title = nodes.paragraph("", "", nodes.strong(text, text))
            is_first = self._open and self._open[-1] is parent.children[-1]
            (self._open[-1] if is_first else parent).append(title)


def open_pair(parent: nodes.Element, name: str) -> None:
    """Mark in *parent* where a tag such as ``<sub>`` is."""
    parent.append(nodes.inline("", "", classes=[f"fep-html-{name}"]))


def close_pair(parent: nodes.Element, name: str) -> bool:
    """Put what is between ``<sub>`` and ``</sub>`` into a node; return whether there is a mark."""
    start = next((n for n in reversed(parent.children) if _is_mark(n, name)), None)
    if start is None:
        return False
    index = parent.index(start)
    children = parent[index + 1 :]
    text = "".join(node.astext() for node in children)
    parent[index:] = [PAIRS[name](text, "", *children)]
    return True


def _is_mark(node: nodes.Node, name: str) -> bool:
    return isinstance(node, nodes.inline) and node["classes"] == [f"fep-html-{name}"]


def add_anchor(document: nodes.document, parent: nodes.Element, anchor: str) -> None:
    """Add a target to *parent*, unless there is one: browsers go to the first."""
    if anchor in document.ids:
        return
    name = nodes.fully_normalize_name(anchor)
    node = nodes.target("", "", names=[] if name in document.nameids else [name])
    node["ids"].append(anchor)
    document.note_explicit_target(node, node)
    parent.append(node)
