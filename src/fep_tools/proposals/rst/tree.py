"""Collect the facts of a parsed body in one walk through its tree, before links are resolved."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from docutils import nodes

from ..._numbers import NUMBER
from ..body import BodyField, Heading, Link, Location, Occurrence
from .allowlist import image_problem, link_problem
from .anchors import stable_anchors
from .claims import find_claims
from .collector import FactCollector
from .labels import line_of
from .shown import shown_text
from .unrecognised import UnrecognisedMarkup

MAX_TEXT_LENGTH = 1000
"""How many characters of the text of a section, a field or a comment are kept."""

MATHML_LENGTH = 16
"""How many characters of MathML one of a formula becomes: ``<mi>x</mi>`` of ``x``, and more."""

# Nodes that are no text of the document itself.
_SILENT = (
    nodes.section, nodes.comment, nodes.target, nodes.substitution_definition,
    nodes.system_message, nodes.topic, nodes.Admonition, nodes.pending,
)  # fmt: skip

# Nodes that have text with markup.
_PROSE = (
    nodes.attribution, nodes.caption, nodes.line, nodes.paragraph, nodes.rubric, nodes.subtitle,
    nodes.term, nodes.title,
)  # fmt: skip

# Nodes whose text is not prose that could have a link.
_QUOTED = (
    nodes.literal, nodes.literal_block, nodes.inline, nodes.title, nodes.reference, nodes.target,
    nodes.comment,
)  # fmt: skip


def collect_facts(document: nodes.document, collector: FactCollector) -> None:
    """Add the facts of *document* to *collector*."""
    collector.anchors = tuple(dict.fromkeys(stable_anchors(document)))
    lead = next((node for node in document.children if _is_text(node)), None)
    if lead is not None:
        collector.lead = collector.locator.line(line_of(lead))
    is_markdown = collector.vocabulary.markup == "markdown"
    visitor = (_MarkdownVisitor if is_markdown else _Visitor)(document, collector)
    visitors = visitor.methods
    for node in document.findall():
        if visit := visitors.get(type(node)):
            visit(node)
    visitor.unrecognised.drop_false_links()
    if collector.vocabulary.shown_text:
        collector.shown_text = shown_text(document)
    collector.claims += find_claims(document, collector.vocabulary, collector.locator)


def tree_depth(document: nodes.document) -> int:
    """Return the number of levels of *document*, without recursion."""
    level: list[Any] = [document]
    depth = 0
    while level:
        level = [child for node in level for child in node.children if child.children]
        depth += 1
    return depth


def tree_length(root: nodes.Node) -> int:
    """Return the number of characters in the text and the attributes of *root*.

    Each of a formula counts for :data:`MATHML_LENGTH`.
    """
    return sum(
        _text_length(node) if isinstance(node, nodes.Text) else _attributes_length(node)
        for node in root.findall()
    )


def _text_length(text: Any) -> int:
    is_formula = isinstance(text.parent, (nodes.math, nodes.math_block))
    return len(text) * MATHML_LENGTH if is_formula else len(text)


def _attributes_length(node: Any) -> int:
    # A string, such as a URL, or a list of strings, such as classes; numbers have no length.
    values = (value for value in node.attributes.values() if value)
    return sum(
        len(value)
        if isinstance(value, str)
        else sum(len(part) for part in value if isinstance(part, str))
        for value in values
        if isinstance(value, (str, list))
    )


class _Visitor:
    """A method for each type of node that has facts."""

    def __init__(self, document: nodes.document, collector: FactCollector) -> None:
        self.collector = collector
        self.unrecognised = UnrecognisedMarkup(document, collector)
        self.locator = collector.locator
        # "FEP 7", "fep-7", "FEP 0007"
        reference = re.escape(collector.vocabulary.reference)
        self.number = re.compile(rf"\b{reference}[ -]?{NUMBER}\b", re.IGNORECASE)
        self.title_line = 0
        self.methods: dict[type[nodes.Node], Callable[[Any], None]] = {
            nodes.section: self.section,
            nodes.reference: self.reference,
            nodes.target: self.target,
            nodes.image: self.image,
            nodes.comment: self.comment,
            nodes.field: self.field,
            nodes.literal: self.literal,
            **self.blocks(),
            nodes.Text: self.text,
            **dict.fromkeys(_PROSE, self.prose),
        }

    def blocks(self) -> dict[type[nodes.Node], Callable[[Any], None]]:
        """Return the methods for nodes that may be markup that was not recognised."""
        return {
            nodes.block_quote: lambda node: self.unrecognised.quotation(node, line_of(node)),
            nodes.definition_list: lambda node: self.unrecognised.definitions(node, line_of(node)),
            nodes.literal_block: lambda node: self.unrecognised.literal_block(node, line_of(node)),
        }

    def section(self, node: nodes.section) -> None:
        title: Any = node[0]
        self.title_line = self.heading_line(title)
        rest = [n for n in node[1:] if not isinstance(n, (nodes.comment, nodes.target))]
        paragraph = next((n for n in rest if isinstance(n, nodes.paragraph)), None)
        text = " ".join(_plain_text(paragraph).split()) if paragraph is not None else ""
        heading = Heading(
            title=title.astext(),
            level=_section_level(node),
            location=self.locator.line(self.title_line),
            is_empty=not rest,
            text=text[:MAX_TEXT_LENGTH],
        )
        self.collector.headings.append(heading)

    def heading_line(self, title: Any) -> int:
        """Return the number of the line of a title, which docutils does not know."""
        return self.locator.find_title(title.rawsource, self.title_line)

    def prose(self, node: nodes.TextElement) -> None:
        line = self.title_line if isinstance(node, nodes.title) else line_of(node)
        self.unrecognised.prose(node, line)

    def reference(self, node: nodes.reference) -> None:
        if url := node.get("refuri"):
            text = node.astext()
            location = self.locator.find(node.rawsource or text, line_of(node))
            self.add_link(url, text, node.rawsource.startswith("`"), location)

    def target(self, node: nodes.target) -> None:
        """Add the URL of ``.. _name: https://example.org/``, or of ``__ https://example.org/``."""
        if "refuri" in node and node.rawsource.startswith(("..", "__")):
            location = self.locator.line(line_of(node))
            self.add_link(node["refuri"], " ".join(node["names"]), True, location)

    def add_link(self, url: str, text: str, explicit: bool, location: Location) -> None:
        if message := link_problem(url):
            self.collector.add_problem("scheme", url, location, message)
        self.collector.links.append(Link("", url, "", text, explicit, location))

    def image(self, node: nodes.image) -> None:
        url = node["uri"]
        location = self.locator.find(url, line_of(node))
        if message := image_problem(url, self.collector.vocabulary.images):
            self.collector.add_problem("image", url, location, message)
        else:
            self.collector.images.append(Occurrence(url, location))

    def field(self, node: nodes.field) -> None:
        """Add a field that is directly in a section; in a box or a table it is just text."""
        if isinstance(node.parent.parent, nodes.section):
            name, value = (" ".join(part.astext().split()) for part in node.children)
            location = self.locator.line(line_of(node))
            self.collector.body_fields.append(BodyField(name, value[:MAX_TEXT_LENGTH], location))

    def comment(self, node: nodes.comment) -> None:
        # At best, docutils knows the line before the next block, or the first line of the parent.
        lines = node.astext().split("\n")
        if any(lines):
            end = self.locator.last_text_line(line_of(node)).line
            location = self.locator.find_comment(lines[0], end - len(lines) - 2)
            self.unrecognised.comment(lines[0], location)
            text = " ".join(lines)[:MAX_TEXT_LENGTH]
            self.collector.comments.append(Occurrence(text, location))

    def literal(self, node: nodes.literal) -> None:
        text = node.astext()
        self.unrecognised.literal(node, line_of(node))
        if self.number.fullmatch(text):
            location = self.locator.find(node.rawsource, line_of(node))
            self.collector.literals.append(Occurrence(text, location))

    def text(self, node: nodes.Text) -> None:
        """Add the proposals that prose names without a link."""
        for match in self.number.finditer(node):
            if not _is_quoted(node):
                name = " ".join(match[0].split())
                location = self.locator.find(match[0], line_of(node))
                self.collector.mentions.append(Occurrence(name, location))


class _MarkdownVisitor(_Visitor):
    """The same for Markdown, in which titles have lines, and nothing is left of the markup."""

    def prose(self, node: nodes.TextElement) -> None:
        """Look for no unrecognised markup, which is that of reStructuredText."""

    def blocks(self) -> dict[type[nodes.Node], Callable[[Any], None]]:
        return {}

    def heading_line(self, title: Any) -> int:
        return title.line or 1

    def reference(self, node: nodes.reference) -> None:
        url = node.get("refuri", "")
        first = node.rawsource.split("\n")[0]
        location = self.locator.find(first or url, line_of(node))
        # "[the views](https://example.org)" and "![picture](a.png)" have their URLs behind them.
        rest = self.locator.rest(location)
        if rest.startswith("("):
            end = location.end_column + rest.find(")") + 1
            location = location._replace(end_column=max(end, location.end_column))
        self.add_link(url, node.astext(), True, location)

    def comment(self, node: nodes.comment) -> None:
        """Add nothing: the parser has done so, also for those in paragraphs."""

    def literal(self, node: nodes.literal) -> None:
        text = node.astext()
        if self.number.fullmatch(text):
            location = self.locator.find(text, line_of(node))
            self.collector.literals.append(Occurrence(text, location))


def _is_text(node: nodes.Node) -> bool:
    return not isinstance(node, _SILENT) and bool(node.children)


def _plain_text(node: nodes.Element) -> str:
    """Return the text without what only some formats show, such as line breaks in HTML."""
    texts = (text for text in node.findall(nodes.Text) if not isinstance(text.parent, nodes.raw))
    return "".join(text.astext() for text in texts)


def _is_quoted(node: nodes.Node) -> bool:
    ancestor: nodes.Node | None = node.parent
    while ancestor is not None:
        if isinstance(ancestor, _QUOTED):
            return True
        ancestor = ancestor.parent
    return False


def _section_level(section: nodes.Node) -> int:
    level = 0
    node: nodes.Node | None = section
    while node is not None:
        level += isinstance(node, nodes.section)
        node = node.parent
    return level
