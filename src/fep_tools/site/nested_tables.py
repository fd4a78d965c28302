"""Tables in cells of tables, which Sphinx's builder of plain text cannot draw."""

from __future__ import annotations

from typing import Any, TYPE_CHECKING

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class ListNestedTables(SphinxPostTransform):
    """Replace a table in a table by a list of its rows, which has all of its text."""

    default_priority = 900
    """After everything that makes tables."""

    formats = ("text",)

    def run(self, **_kwargs: Any) -> None:
        """Replace the inner tables of a document, the innermost ones first."""
        tables = [table for table in self.document.findall(nodes.table) if _is_nested(table)]
        for table in reversed(tables):
            titles = (each for each in table.children if isinstance(each, nodes.title))
            rows = (
                nodes.list_item("", *(node for entry in row.children for node in entry.children))
                for row in table.findall(nodes.row)
            )
            title = [nodes.paragraph("", "", *each.children) for each in titles]
            table.replace_self([*title, nodes.bullet_list("", *rows)])


def _is_nested(table: nodes.table) -> bool:
    parent = table.parent
    while parent is not None and not isinstance(parent, nodes.table):
        parent = parent.parent
    return parent is not None


def register(app: Sphinx) -> None:
    """Add the transform."""
    app.add_post_transform(ListNestedTables)
