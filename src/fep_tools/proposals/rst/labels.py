"""Labels of a document, and notes to which nothing refers, as Sphinx sees them.

Docutils resolves references; this has to run after its transforms.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docutils import nodes

from ..body import Label

CAPTIONED = (nodes.figure, nodes.table, nodes.container)
"""What has a number and a caption or a title in Sphinx; a container is a captioned code block."""


def find_labels(document: nodes.document) -> Iterator[Label]:
    """Yield the labels that ``:ref:`` can link to (``StandardDomain.process_doc`` of Sphinx)."""
    for name, is_explicit in document.nametypes.items():
        node_id = document.nameids.get(name)
        if not is_explicit or node_id is None:
            continue
        node: Any = document.ids[node_id]
        if isinstance(node, nodes.target) and "refid" in node:
            node = document.ids.get(node["refid"], node)
        # Neither footnotes nor ".. _name: https://example.org/" are labels.
        if not isinstance(node, nodes.footnote) and "refuri" not in node:
            yield Label(name, node_id, _has_title(node))


def _has_title(node: nodes.Element) -> bool:
    if isinstance(node, (nodes.section, nodes.rubric)):
        return True
    if isinstance(node, CAPTIONED):
        return any(isinstance(child, (nodes.caption, nodes.title)) for child in node)
    if isinstance(node, (nodes.definition_list, nodes.field_list)) and node.children:
        node = node.children[0]  # type: ignore[assignment]
    if isinstance(node, (nodes.field, nodes.definition_list_item)):
        node = node.children[0]  # type: ignore[assignment]
    return isinstance(node, (nodes.term, nodes.field_name))


def unreferenced_notes(document: nodes.document) -> Iterator[nodes.Element]:
    """Yield the footnotes and citations that nothing refers to, as Sphinx warns about them.

    A note whose label is taken has no name; docutils has a message for it.
    """
    for note in (*document.footnotes, *document.autofootnotes):
        if note["names"] and not note["backrefs"]:
            yield note
    yield from (note for note in document.symbol_footnotes if not note["backrefs"])
    known = {name for name, references in document.citation_refs.items() if references}
    for citation in document.citations:
        names = {*citation["names"], *citation["dupnames"]}
        if known.isdisjoint(names):
            yield citation
        known |= names


def misled_references(document: nodes.document) -> Iterator[nodes.Element]:
    """Yield the references to notes that docutils has connected with something else.

    In ``[Ada]_`` and ``.. _Ada: https://example.org/``, the name is that of a target. Writers
    fail on such a reference, or write nothing.
    """
    for kind, note in (
        (nodes.footnote_reference, nodes.footnote),
        (nodes.citation_reference, nodes.citation),
    ):
        for reference in document.findall(kind):
            if not isinstance(document.ids.get(reference.get("refid")), note):
                yield reference


def line_of(node: nodes.Node | None) -> int | None:
    """Return the line of *node*, or of the nearest node around it that has one."""
    while node is not None:
        if node.line is not None:
            return int(node.line)
        node = node.parent
    return None
