"""HTML in Markdown, which is not passed on.

Comments stay comments, a few harmless tags become nodes, and everything else is shown as it is
written, which is a problem of the text.
"""

from __future__ import annotations

import re
from typing import Any

from docutils import nodes
from markdown_it.tree import SyntaxTreeNode
from myst_parser.mdit_to_docutils.base import DocutilsRenderer

from ..body import Occurrence
from .collector import FactCollector
from .html_tags import add_anchor, close_pair, Disclosure, open_pair, PAIRS, split_details

_TAG = re.compile(r"<(?P<close>/?)(?P<name>[a-z]+)(?P<rest>[^>]*)>", re.IGNORECASE)
_ANCHOR = re.compile(r"""\s*(?:name|id)\s*=\s*["']?([\w.:-]+)["']?\s*/?""", re.IGNORECASE)
_COMMENT = re.compile(r"\s*<!--(.*?)-->\s*", re.DOTALL)


class HtmlRenderer(DocutilsRenderer):
    """The part of a renderer of Markdown that meets HTML."""

    def setup_render(self, options: Any, env: Any) -> None:
        """Begin a document, with the collector of its back end."""
        super().setup_render(options, env)
        self.collector: FactCollector = options["back_end"].collector
        self._disclosure = Disclosure()

    def render_html_inline(self, token: SyntaxTreeNode) -> None:
        """Add what stands for HTML in a paragraph."""
        self._html(token, token.content, nodes.literal)

    def render_html_block(self, token: SyntaxTreeNode) -> None:
        """Add what stands for HTML between paragraphs."""
        parts = split_details(token.content)
        if parts and self._disclosure.can_add(parts):
            for part in parts:
                self._disclosure.add(part, self.current_node)
            return
        self._html(token, token.content, nodes.literal_block)

    def _html(self, token: SyntaxTreeNode, text: str, type_: type[nodes.TextElement]) -> None:
        line = token.map[0] if token.map else 1
        while match := _COMMENT.match(text):
            self._comment(match[1].strip(), line)
            text = text[match.end() :]
        tag = _TAG.fullmatch(text.strip())
        if not text.strip() or (tag and self._tag(tag)):
            return
        if type_ is nodes.literal_block and "<" not in text:  # behind a comment
            self.nested_render_text(text, line - 1)
            return
        text = text.strip("\n")
        shown = text if type_ is nodes.literal else text.strip()
        node = type_(shown, shown)
        if type_ is nodes.literal_block:
            node["language"] = "none"
        self.add_line_and_source_path(node, token)
        self.current_node.append(node)
        first = text.strip().split("\n")[0]
        location = self.collector.locator.find(first, line)
        self.collector.add_problem("html", first, location)

    def _comment(self, text: str, line: int) -> None:
        node = nodes.comment(text, text)
        node.line = line
        # In a paragraph, docutils has no comments.
        if not isinstance(self.current_node, nodes.TextElement):
            self.current_node.append(node)
        location = self.collector.locator.find("<!--", line)
        self.collector.comments.append(Occurrence(" ".join(text.split()), location))

    def _tag(self, tag: re.Match[str]) -> bool:
        """Add the node of a harmless tag, if it is one."""
        name, rest = tag["name"].lower(), tag["rest"]
        if name == "br" and not rest.strip(" /"):
            self.render_hardbreak(SyntaxTreeNode())
            return True
        if name == "a" and tag["close"]:
            return True
        if name == "a" and (anchor := _ANCHOR.fullmatch(rest)):
            add_anchor(self.document, self.current_node, anchor[1])
            return True
        if name not in PAIRS or rest.strip():
            return False
        if tag["close"]:
            return close_pair(self.current_node, name)
        open_pair(self.current_node, name)
        return True
