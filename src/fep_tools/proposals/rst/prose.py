"""The prose of a paragraph: its source without what docutils recognised as markup.

What is left is shown to readers as it is. Markup in it is a mistake: docutils took it for text.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection
from typing import Any, NamedTuple

from docutils import nodes

from ..body import Location, ProblemKind
from .locator import Block, Locator

# One character for each kind of markup, so that patterns can refer to it. They are for private
# use: no text has them.
LITERAL = "\ue000"
ROLE = "\ue001"
LINK = "\ue002"
DELIMITER = "\ue003"
"""The stars of ``*emphasis*`` and ``**strong text**``, whose text is prose."""
ESCAPED = "\ue004"
"""A backslash with the character after it."""
OTHER = "\ue005"
MARKUP = f"[{LITERAL}-{OTHER}]"
"""A pattern for any of them."""

_KINDS: dict[type[nodes.Node], str] = {
    nodes.literal: LITERAL,
    nodes.reference: LINK,
    nodes.footnote_reference: OTHER,
}


class Prose:
    """The source of one paragraph, title or line, and its prose.

    :param source: The source, without indentation.
    :param text: The same, with every character of markup replaced by one that says its kind. An
        offset in one is the same offset in the other.
    """

    def __init__(self, node: nodes.TextElement, line: int | None) -> None:
        self.node = node
        self.source = node.rawsource
        self.line = line
        self._marked: list[int] = []
        self._block: Block | None = None
        masked = list(self.source)
        self._mask(node, masked, 0)
        self.text = "".join(masked)

    def _mask(self, node: nodes.Element, masked: list[str], position: int) -> None:
        for child in node.children:
            if isinstance(child, nodes.Text):
                # Docutils writes NUL for the backslash of an escape: "\\*" is "\0*".
                raw = str(child).replace("\0", "\\")
                start = self.source.find(raw, position)
                if start < 0:
                    continue
                position = start + len(raw)
                escape = raw.find("\\") if "\0" in str(child) else -1
                while escape >= 0:
                    if child[escape] == "\0":
                        last = min(start + escape + 2, position)
                        masked[start + escape : last] = ESCAPED * (last - start - escape)
                    escape = raw.find("\\", escape + 1)
            # The target of "`text <URL>`_" is inside the source of the link before it.
            elif isinstance(child, nodes.target) and not child.rawsource.startswith("_`"):
                continue
            elif raw := getattr(child, "rawsource", ""):
                start = self.source.find(raw, position)
                if start < 0:
                    continue
                position = start + len(raw)
                if isinstance(child, (nodes.emphasis, nodes.strong)):
                    width = 1 if isinstance(child, nodes.emphasis) else 2
                    for edge in (start, position - width):
                        masked[edge : edge + width] = DELIMITER * width
                    self._marked += (start, position)
                    self._mask(child, masked, start + width)
                else:
                    masked[start:position] = _kind(child, raw) * len(raw)

    def is_in_marks(self, offset: int) -> bool:
        """Return whether the text at *offset* is emphasised or strong."""
        # The offsets where marks begin and end, in turn.
        return bisect_right(self._marked, offset) % 2 == 1

    def locate(self, start: int, end: int, locator: Locator) -> Location:
        """Return the position of these offsets in the file."""
        if self._block is None:
            self._block = locator.find_block(self.source, self.line)
        return self._block.locate(start, end)


def _kind(node: Any, source: str) -> str:
    if source.startswith(":") or isinstance(node, nodes.inline):
        return ROLE
    return _KINDS.get(type(node), OTHER)


def is_prose(node: Any) -> bool:
    """Return whether *node* has text of its own, besides markup."""
    return bool(node.rawsource) and any(
        isinstance(child, (nodes.Text, nodes.Inline)) for child in node.children
    )


class Leak(NamedTuple):
    """Markup that is shown as text, with its offsets in the source of the paragraph.

    :param replacement: What to write instead, or ``""`` if that is not certain.
    """

    kind: ProblemKind
    start: int
    end: int
    message: str
    help: str = ""
    replacement: str = ""


class Spans:
    """Spans of a text that do not overlap."""

    def __init__(self) -> None:
        self._spans: list[tuple[int, int]] = []

    def add(self, start: int, end: int) -> bool:
        """Add a span unless it overlaps one of these, and return whether it was added."""
        index = bisect_right(self._spans, (start, start))
        if index and self._spans[index - 1][1] > start:
            return False
        if index < len(self._spans) and self._spans[index][0] < end:
            return False
        self._spans.insert(index, (start, end))
        return True


class KnownNames(NamedTuple):
    """The names that a proposal may use or has defined.

    :param roles: The roles that authors know, whether or not a proposal may use them.
    :param is_defined: Whether a proposal may use a role.
    :param notes: The labels of footnotes and citations.
    :param has_dashes: Whether a proposal has hyphens for dashes- as here.
    """

    roles: Collection[str]
    is_defined: Callable[[str], bool]
    notes: Collection[str]
    has_dashes: Callable[[], bool]
