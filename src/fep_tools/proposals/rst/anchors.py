"""Anchors of a page that stay the same when something else on the page changes.

Docutils numbers what has no name of its own, or whose name is taken: ``id49`` is another place as
soon as somebody adds a footnote. Here a section is named after its title, and the second one of
that title gets ``-2``; a footnote is named after its label.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from docutils import nodes

NUMBERED_ANCHOR = re.compile(
    r"(?:toc-entry|id|footnote|footnote-reference|citation-reference|problematic|system-message)"
    r"-?[0-9]+"
)
"""The anchors that docutils and Sphinx make up: ``id49``, ``footnote-reference-1``."""


MARKDOWN = "fep-markdown"
"""The attribute of a document that was written in Markdown."""

# What GitHub leaves out of an anchor: all but letters, digits, hyphens, underscores and blanks.
_PUNCTUATION = re.compile(r"[^\w\- ]")


def section_anchors(document: nodes.document) -> dict[nodes.section, str]:
    """Return the anchor of every section."""
    sections = list(document.findall(nodes.section))
    section_ids = {node_id for section in sections for node_id in section["ids"]}
    # A target that the author has named comes first: ".. _rationale:".
    taken = {i for i in document.ids if not NUMBERED_ANCHOR.fullmatch(i)} - section_ids
    titles = (section.next_node(nodes.title) for section in sections)
    if document.get(MARKDOWN):
        # As on GitHub: "`a` & b?" is "a--b", and the second one is "a--b-1".
        slugs = (_slug(_original_title(title)) if title else "" for title in titles)
        return dict(zip(sections, make_unique(slugs, taken, first=1), strict=True))
    names = (nodes.make_id(_original_title(title)) if title else "" for title in titles)
    # Nothing is left of a title in Japanese: make_id() keeps ASCII letters and digits only.
    anchors = make_unique((name or "section" for name in names), taken)
    return dict(zip(sections, anchors, strict=True))


def _slug(title: str) -> str:
    return _PUNCTUATION.sub("", title.strip().lower()).replace(" ", "-") or "section"


def keep_original_titles(document: nodes.document) -> None:
    """Store the text of each title before it is translated, so that anchors stay the same."""
    for title in document.findall(nodes.title):
        title["original"] = title.astext()


def _original_title(title: nodes.title) -> str:
    is_translated: bool = title.get("translated", False)
    return str(title["original"]) if is_translated else title.astext()


def stable_anchors(document: nodes.document) -> Iterator[str]:
    """Yield every anchor but the numbered ones."""
    sections = section_anchors(document)
    for node_id, node in document.ids.items():
        if isinstance(node, nodes.section):
            yield sections[node]
        elif not NUMBERED_ANCHOR.fullmatch(node_id):
            yield node_id


def note_anchors(document: nodes.document) -> dict[str, str]:
    """Return the anchors of footnotes and citations by the numbered ones that they replace.

    For ``.. [1] Text`` that is ``footnote-1``. The anchor of ``.. [Ada] Text`` is ``ada``.
    """
    notes: list[nodes.Element] = [
        *document.findall(nodes.footnote),
        *document.findall(nodes.citation),
    ]
    return {
        anchor: nodes.make_id(f"{note.tagname}-{note[0].astext()}")
        for note in notes
        for anchor in note["ids"]
        if NUMBERED_ANCHOR.fullmatch(anchor)
    }


def make_unique(names: Iterable[str], taken: Iterable[str] = (), first: int = 2) -> Iterator[str]:
    """Yield *names*, with ``-2``, ``-3`` ... after those that are taken or come again.

    :param first: the number of the second one
    """
    seen = set(taken)
    for name in names:
        unique, count = name, first - 1
        while unique in seen:
            count += 1
            unique = f"{name}-{count}"
        seen.add(unique)
        yield unique
