"""Anchors of proposals that stay what they are when something else on the page changes.

The anchors that Sphinx would have given to sections stay beside ours, so that links to them
from elsewhere still arrive.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms import SphinxTransform

from ..proposals.rst.anchors import make_unique, NUMBERED_ANCHOR, section_anchors
from .domain import domain_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class NameSections(SphinxTransform):
    """Put the anchor that is made of its title first among those of a section."""

    default_priority = 262
    """After the targets before a section have become its own, and before links are resolved."""

    def apply(self, **_: Any) -> None:
        """Name the sections, if this is a proposal."""
        if self.env.docname not in domain_of(self.env).edition.proposals:
            return
        for section, name in section_anchors(self.document).items():
            section["ids"] = [name, *(other for other in section["ids"] if other != name)]
            self.document.ids[name] = section
            self.document.nameids.update(
                (word, name) for word in section["names"] if word in self.document.nameids
            )


class NameNotes(SphinxTransform):
    """Name footnotes, citations and what refers to them by their labels."""

    default_priority = 700
    """After footnotes are numbered and linked, and before Sphinx looks for anything to link."""

    def apply(self, **_: Any) -> None:
        """Name them, if this is a proposal."""
        if self.env.docname not in domain_of(self.env).edition.proposals:
            return
        wanted = dict(_wanted(self.document))
        taken = (name for name in self.document.ids if name not in wanted)
        renamed = dict(zip(wanted, make_unique(wanted.values(), taken), strict=True))
        for node in self.document.findall(nodes.Element):
            _rename(node, renamed)
        for name, better in renamed.items():
            self.document.ids[better] = self.document.ids[name]
        for word, name in self.document.nameids.items():
            self.document.nameids[word] = renamed.get(name, name) if name else name
        self._rename_citations(renamed)

    def _rename_citations(self, renamed: dict[str, str]) -> None:
        """The same in what Sphinx has noted of this page's citations."""
        known = self.env.domains["citation"].data["citations"]
        for label, (page, name, line) in list(known.items()):
            if page == self.env.docname and name in renamed:
                known[label] = (page, renamed[name], line)


def _wanted(document: nodes.document) -> Iterator[tuple[str, str]]:
    """The numbered anchor of every note and reference, and what it should be."""
    labels: dict[str, str] = {}
    notes: list[nodes.Element] = [
        *document.findall(nodes.footnote),
        *document.findall(nodes.citation),
    ]
    for note in notes:
        name = nodes.make_id(f"{note.tagname}-{note[0].astext()}")
        labels.update((old, name) for old in note["ids"] if NUMBERED_ANCHOR.fullmatch(old))
    yield from labels.items()
    for reference in document.findall(nodes.footnote_reference):
        name = labels.get(reference.get("refid", ""), "footnote")
        yield from _each(reference, f"{name}-reference")
    for link in document.findall(addnodes.pending_xref):
        if link["refdomain"] == "citation":
            yield from _each(link, nodes.make_id(f"citation-{link['reftarget']}-reference"))


def _each(node: nodes.Element, name: str) -> Iterator[tuple[str, str]]:
    names: list[str] = node.get("ids", [])
    return ((old, name) for old in names)


def _rename(node: nodes.Element, renamed: dict[str, str]) -> None:
    for attribute in ("ids", "backrefs"):
        if names := node.get(attribute):
            node[attribute] = [renamed.get(name, name) for name in names]
    if node.get("refid") in renamed:
        node["refid"] = renamed[node["refid"]]


def register(app: Sphinx) -> None:
    """Make Sphinx run them."""
    app.add_transform(NameSections)
    app.add_transform(NameNotes)
