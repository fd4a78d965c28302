"""The reference of a file that communities write, made from the models that read it."""

from __future__ import annotations

from collections.abc import Iterator

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from ..process.reference import describe_tables, ReferenceTable, source_files, split_code
from ..process.schema import Table
from .nodes import Cell, section, table


def render_reference(directive: SphinxDirective, model: type[Table]) -> list[nodes.section]:
    """Return a section per table of the file that *model* reads."""
    for path in source_files(model):
        directive.env.note_dependency(path)
    return [_section(directive, each) for each in describe_tables(model)]


def _section(directive: SphinxDirective, reference: ReferenceTable) -> nodes.section:
    rows: Iterator[list[Cell]] = (
        [nodes.literal("", row.name), list(_inline(row.form)), list(_inline(row.meaning))]
        for row in reference.rows
    )
    summary = nodes.paragraph("", "", *_inline(reference.summary))
    content = table(reference.columns, rows, kind="fep-reference", stub=True)
    return section(directive, reference.title, summary, content)


def _inline(text: str) -> Iterator[nodes.Node]:
    for part, is_code in split_code(text):
        yield nodes.literal("", part) if is_code else nodes.Text(part)
