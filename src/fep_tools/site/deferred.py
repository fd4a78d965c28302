"""What is made when a page is written: everything on it that other proposals have a say in.

A page is read once, and written again whenever what it shows of the others has changed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, TYPE_CHECKING

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from . import charts, footer_block, header_block, index, note_results
from .context import RenderContext
from .domain import domain_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx

MAKERS: Mapping[str, Callable[[RenderContext], list[nodes.Node]]] = {
    "head": lambda asked: header_block.make(asked.edition, asked.page),
    "index": lambda asked: index.make(asked.edition, asked.page),
    "snippet": note_results.make,
    "tail": footer_block.make,
    **{name: charts.make(name) for name in charts.MAKERS},
}


class deferred(nodes.General, nodes.Element):
    """Stands for what the maker of its *kind* will put there."""


class ResolveDeferred(SphinxPostTransform):
    """Put it there, before references are resolved."""

    default_priority = 5

    def run(self, **_: Any) -> None:
        """Call the maker of each place."""
        domain = domain_of(self.env)
        asked = RenderContext(domain.edition, self.env.docname, domain.builder)
        for place in list(self.document.findall(deferred)):
            made = MAKERS[place["kind"]](replace(asked, about=place.get("about", "")))
            place.replace_self(made)


def register(app: Sphinx) -> None:
    """Make Sphinx know them."""
    app.add_node(deferred)
    app.add_post_transform(ResolveDeferred)
