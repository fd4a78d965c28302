"""What is made when a page is written: everything on it that other proposals have a say in.

A page is read once, and written again whenever what it shows of the others has changed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, TYPE_CHECKING

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from . import head, index, pictured, tail, verdicts
from .asked import Asked
from .domain import domain_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx

MAKERS: Mapping[str, Callable[[Asked], list[nodes.Node]]] = {
    "head": lambda asked: head.make(asked.edition, asked.page),
    "index": lambda asked: index.make(asked.edition, asked.page),
    "snippet": verdicts.make,
    "tail": tail.make,
    **{name: pictured.make(name) for name in pictured.MAKERS},
}


class late(nodes.General, nodes.Element):
    """Stands for what the maker of its *kind* will put there."""


class MakeLate(SphinxPostTransform):
    """Put it there, before references are resolved."""

    default_priority = 5

    def run(self, **_: Any) -> None:
        """Call the maker of each place."""
        domain = domain_of(self.env)
        asked = Asked(domain.edition, self.env.docname, domain.builder)
        for place in list(self.document.findall(late)):
            made = MAKERS[place["kind"]](replace(asked, about=place.get("about", "")))
            place.replace_self(made)


def register(app: Sphinx) -> None:
    """Make Sphinx know them."""
    app.add_node(late)
    app.add_post_transform(MakeLate)
