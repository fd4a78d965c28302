"""Nodes to HTML: Sphinx's own, with what may be scrolled within reach of the keyboard."""

from __future__ import annotations

from html import escape

from docutils import nodes
from sphinx.writers.html5 import HTML5Translator

from .i18n import _

SCROLLED = '<div class="fep-scrolled" role="group" aria-label="{}" tabindex="0">'


class SiteTranslator(HTML5Translator):
    """Code and tables that are wider than a phone are scrolled by themselves, not with the page."""

    def visit_literal_block(self, node: nodes.literal_block) -> None:
        """A block of code that can have the focus."""
        try:
            super().visit_literal_block(node)
        finally:  # which is reached by an exception where the block is done already
            self.body[-1] = self.body[-1].replace("<pre", '<pre tabindex="0"', 1)

    def visit_table(self, node: nodes.table) -> None:
        """A table in a box that scrolls."""
        self.body.append(SCROLLED.format(escape(_("Table"))))
        node["scrolled"] = True
        super().visit_table(node)

    def depart_table(self, node: nodes.table) -> None:
        """Close the box, unless a theme's own translator has opened another."""
        super().depart_table(node)
        if node.get("scrolled"):
            self.body.append("</div>\n")
