"""Anchors of proposals that do not change when something else on the page does.

Docutils numbers what has no name of its own: ``id3`` becomes ``id4`` when a footnote is added
above it. Here sections, footnotes, citations and references to them are named by their titles
and labels. The anchors that Sphinx would give to sections stay, so that old links still work.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms import ReorderConsecutiveTargetAndIndexNodes as _ReorderTargets
from sphinx.transforms import SphinxTransform

from ..proposals.rst.anchors import make_unique, note_anchors, section_anchors
from .domain import domain_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class NameSections(SphinxTransform):
    """Put the anchor that is made from a section's title first."""

    default_priority = 262
    """After docutils' PropagateTargets (260), which gives ``.. _name:`` above a section to that
    section, and before references are resolved."""

    def apply(self, **_: Any) -> None:
        """Name the sections of a proposal."""
        if not domain_of(self.env).is_restricted(self.env.docname):
            return
        for section, anchor in section_anchors(self.document).items():
            section["ids"] = [anchor, *(other for other in section["ids"] if other != anchor)]
            self.document.ids[anchor] = section
            # "Motivation_" is resolved through nameids.
            self.document.nameids.update(
                (name, anchor) for name in section["names"] if name in self.document.nameids
            )


class NameNotes(SphinxTransform):
    """Name footnotes, citations and the references to them by their labels."""

    default_priority = 700
    """After docutils' Footnotes (620), which numbers and links them, and before Sphinx looks
    for links at all."""

    def apply(self, **_: Any) -> None:
        """Name the notes of a proposal."""
        if not domain_of(self.env).is_restricted(self.env.docname):
            return
        names = dict(_note_names(self.document))
        if not names:  # as in most proposals, and the rest walks through all nodes
            return
        taken = (anchor for anchor in self.document.ids if anchor not in names)
        renamed = dict(zip(names, make_unique(names.values(), taken), strict=True))
        for node in self.document.findall(nodes.Element):
            _rename(node, renamed)
        for old, new in renamed.items():
            if old in self.document.ids:  # and not of a note that only a translation has
                self.document.ids[new] = self.document.ids[old]
        for name, anchor in self.document.nameids.items():
            self.document.nameids[name] = renamed.get(anchor, anchor) if anchor else anchor
        self._rename_citations(renamed)

    def _rename_citations(self, renamed: dict[str, str]) -> None:
        """Rename citations in the domain of Sphinx, which has recorded them by now."""
        citations = self.env.domains["citation"].data["citations"]
        for label, (page, anchor, line) in list(citations.items()):
            if page == self.env.docname and anchor in renamed:
                citations[label] = (page, renamed[anchor], line)


def _note_names(document: nodes.document) -> Iterator[tuple[str, str]]:
    """Return the present anchor of every note and reference, and what it should be.

    For ``[1]_`` and ``.. [1] Text``, these are ``id2`` -> ``footnote-1`` for the note and
    ``id1`` -> ``footnote-1-reference`` for the reference.
    """
    labels = note_anchors(document)
    yield from labels.items()
    for reference in document.findall(nodes.footnote_reference):
        name = labels.get(reference.get("refid", ""), "footnote")
        yield from ((anchor, f"{name}-reference") for anchor in reference["ids"])
    # Sphinx has replaced references to citations by its own nodes.
    for link in document.findall(addnodes.pending_xref):
        if link["refdomain"] == "citation":
            name = nodes.make_id(f"citation-{link.astext()[1:-1]}-reference")
            yield from ((anchor, name) for anchor in link["ids"])


def _rename(node: nodes.Element, renamed: dict[str, str]) -> None:
    for attribute in ("ids", "backrefs"):
        if anchors := node.get(attribute):
            node[attribute] = [renamed.get(anchor, anchor) for anchor in anchors]
    if node.get("refid") in renamed:
        node["refid"] = renamed[node["refid"]]


class ReorderTargets(_ReorderTargets):
    """Put entries of the index before the targets beside them, as Sphinx does, if there are any.

    Sphinx sorts a row of targets once for each of them: 15,000 lines such as ``.. _a: URL`` took a
    minute, though most proposals have nothing to move.
    """

    def apply(self, **options: Any) -> None:
        """Sort targets and entries of the index."""
        if next(self.document.findall(addnodes.index), None) is not None:
            super().apply(**options)


def register(app: Sphinx) -> None:
    """Register the transforms."""
    transforms: list[Any] = app.registry.get_transforms()
    transforms[:] = [ReorderTargets if each is _ReorderTargets else each for each in transforms]
    app.add_transform(NameSections)
    app.add_transform(NameNotes)
