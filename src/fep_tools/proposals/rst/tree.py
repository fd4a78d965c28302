"""What the tree of a parsed body holds, collected in one walk before links are resolved."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TYPE_CHECKING

from docutils import nodes

from ..body import BodyField, Heading, Link, Location, Occurrence, Problem
from .allowlist import image_problem, link_problem
from .anchors import stable_anchors

if TYPE_CHECKING:
    from ..body import Vocabulary
    from .locator import Locator

LONGEST_TEXT = 1000
"""Characters of a section's or a comment's text that are kept."""

_BRACKETS = re.compile(r"(!?)\[([^\[\]]{0,200})\]\($")
FENCED = "begins code as Markdown has it"
CODE_BLOCK = "write .. code-block:: python, a blank line, and the code indented"

_FENCE = re.compile(r"```\w*\n.*\n```", re.DOTALL)
_HASHES = re.compile(r"#{1,6} +\S[^\n]{0,100}")
_SILENT = (
    nodes.section, nodes.comment, nodes.target, nodes.substitution_definition,
    nodes.system_message, nodes.topic, nodes.Admonition, nodes.pending,
)  # fmt: skip
_QUOTED = (
    nodes.literal, nodes.literal_block, nodes.inline, nodes.title, nodes.reference, nodes.target,
    nodes.comment,
)  # fmt: skip


@dataclass
class TreeFacts:
    """What one tree holds."""

    headings: list[Heading] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    comments: list[Occurrence] = field(default_factory=list)
    images: list[Occurrence] = field(default_factory=list)
    literals: list[Occurrence] = field(default_factory=list)
    mentions: list[Occurrence] = field(default_factory=list)
    settings: list[BodyField] = field(default_factory=list)
    anchors: tuple[str, ...] = ()
    lead: Location | None = None


def collect_facts(document: nodes.document, places: Locator, vocabulary: Vocabulary) -> TreeFacts:
    """Everything that *document* holds."""
    facts = TreeFacts(anchors=tuple(dict.fromkeys(stable_anchors(document))))
    first = next((node for node in document.children if _is_prose(node)), None)
    if first is not None:
        facts.lead = places.line(line_of(first))
    walk = _Walk(facts, places, vocabulary)
    for node in document.findall():
        if visit := walk.visits.get(type(node)):
            visit(node)
    return facts


def depth(document: nodes.document) -> int:
    """How deep *document* is; what walks a tree and calls itself fails in one that is deep."""
    row: list[Any] = [document]
    rows = 0
    while row:
        row = [child for node in row for child in node.children if child.children]
        rows += 1
    return rows


def line_of(node: nodes.Node | None) -> int | None:
    """The line of *node*, or of the nearest around it that knows its own."""
    while node is not None:
        if node.line is not None:
            return int(node.line)
        node = node.parent
    return None


class _Walk:
    """One visit of every node that says something."""

    def __init__(self, facts: TreeFacts, places: Locator, vocabulary: Vocabulary) -> None:
        self.facts = facts
        self.places = places
        self.number = re.compile(rf"\b{re.escape(vocabulary.reference)}[ -]?[0-9]{{1,4}}\b", re.I)
        self.mentioned: set[str] = set()
        self.title_line = 0
        self.visits: dict[type[nodes.Node], Callable[[Any], None]] = {
            nodes.section: self.section,
            nodes.reference: self.reference,
            nodes.target: self.target,
            nodes.image: self.image,
            nodes.comment: self.comment,
            nodes.field: self.setting,
            nodes.literal: self.literal,
            nodes.paragraph: self.paragraph,
            nodes.Text: self.text,
        }

    def section(self, node: nodes.section) -> None:
        title: Any = node[0]
        self.title_line = self.places.find_title(title.rawsource, self.title_line)
        rest = [n for n in node[1:] if not isinstance(n, (nodes.comment, nodes.target))]
        paragraph = next((n for n in rest if isinstance(n, nodes.paragraph)), None)
        text = " ".join(paragraph.astext().split()) if paragraph is not None else ""
        place = self.places.line(self.title_line)
        heading = Heading(title.astext(), _depth(node), place, not rest, text[:LONGEST_TEXT])
        self.facts.headings.append(heading)

    def reference(self, node: nodes.reference) -> None:
        if address := node.get("refuri"):
            text = node.astext()
            place = self.places.find(node.rawsource or text, line_of(node))
            self.link(address, text, node.rawsource.startswith("`"), place)
            self.bracketed(node, address)

    def bracketed(self, node: nodes.reference, address: str) -> None:
        """A link or an image of Markdown: an address in parentheses, behind text in brackets."""
        before = node.previous_sibling()
        if isinstance(before, nodes.Text) and (match := _BRACKETS.search(before)):
            name = f"{match[0]}{address})"
            place = self.places.find(name, line_of(node))
            if match[1]:
                advice = "write .. image:: and a file that lies beside the proposal"
                self.habit(name, "is an image of Markdown", advice, place)
            else:
                advice = f"write `{match[2]} <{address}>`__"
                self.habit(name, "is a link of Markdown", advice, place)

    def habit(self, name: str, message: str, help_: str, place: Location) -> None:
        """Something that Markdown would understand, and docutils reads as plain text."""
        self.facts.problems.append(Problem("markdown", name, message, place, help_))

    def paragraph(self, node: nodes.paragraph) -> None:
        first = node.children[0] if node.children else None
        is_block = isinstance(node.parent, (nodes.document, nodes.section))
        if is_block and isinstance(first, nodes.Text) and (match := _HASHES.match(first)):
            place = self.places.line(line_of(node))
            advice = "write the title alone, and a line of = or - under it"
            self.habit(match[0], "is a title of Markdown", advice, place)

    def target(self, node: nodes.target) -> None:
        """An address on a line of its own: ``.. _name: address``."""
        if "refuri" in node and node.rawsource.startswith(("..", "__")):
            place = self.places.line(line_of(node))
            self.link(node["refuri"], " ".join(node["names"]), True, place)

    def link(self, address: str, text: str, explicit: bool, place: Location) -> None:
        if trouble := link_problem(address):
            self.facts.problems.append(Problem("scheme", address, trouble, place))
        self.facts.links.append(Link("", address, "", text, explicit, place))

    def image(self, node: nodes.image) -> None:
        address = node["uri"]
        place = self.places.find(address, line_of(node))
        if trouble := image_problem(address):
            self.facts.problems.append(Problem("image", address, trouble, place))
        else:
            self.facts.images.append(Occurrence(address, place))

    def setting(self, node: nodes.field) -> None:
        """A field of a section; those in boxes and tables are text like any other."""
        if isinstance(node.parent.parent, nodes.section):
            name, value = (" ".join(part.astext().split()) for part in node.children)
            place = self.places.line(line_of(node))
            self.facts.settings.append(BodyField(name, value[:LONGEST_TEXT], place))

    def comment(self, node: nodes.comment) -> None:
        """A comment; docutils knows at best where it ends, or where what is around it begins."""
        rows = node.astext().split("\n")
        if any(rows):
            place = self.places.find_comment(rows[0], (line_of(node) or 1) - len(rows) - 2)
            self.facts.comments.append(Occurrence(" ".join(rows)[:LONGEST_TEXT], place))

    def literal(self, node: nodes.literal) -> None:
        text = node.astext()
        if _FENCE.fullmatch(node.rawsource):
            place = self.places.find(node.rawsource.split("\n")[0], line_of(node))
            self.habit(text.split("\n")[0], FENCED, CODE_BLOCK, place)
        if self.number.fullmatch(text):
            place = self.places.find(node.rawsource, line_of(node))
            self.facts.literals.append(Occurrence(text, place))

    def text(self, node: nodes.Text) -> None:
        """The first time that prose names a proposal and does not link it."""
        for match in self.number.finditer(node):
            name = " ".join(match[0].split())
            if name not in self.mentioned and not _is_quoted(node):
                self.mentioned.add(name)
                place = self.places.find(match[0], line_of(node))
                self.facts.mentions.append(Occurrence(name, place))


def _is_prose(node: nodes.Node) -> bool:
    """Whether *node* is something to read, and no box, comment or setting."""
    return not isinstance(node, _SILENT) and bool(node.children)


def _is_quoted(node: nodes.Node) -> bool:
    above: nodes.Node | None = node.parent
    while above is not None:
        if isinstance(above, _QUOTED):
            return True
        above = above.parent
    return False


def _depth(section: nodes.Node) -> int:
    depth = 0
    node: nodes.Node | None = section
    while node is not None:
        depth += isinstance(node, nodes.section)
        node = node.parent
    return depth
