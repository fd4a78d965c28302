"""The anchors of a page: names that hang on nothing but what they name.

Docutils numbers what has no name of its own, or one that is taken: ``id49`` is another place
as soon as somebody adds a footnote. A section is named by its title, the second of that title
has a 2 behind it, and so on; a footnote by its label.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from docutils import nodes

NUMBERED_ANCHOR = re.compile(
    r"(?:toc-entry|id|footnote|footnote-reference|citation-reference|problematic|system-message)"
    r"-?[0-9]+"
)
"""The anchors that docutils and Sphinx make up."""


def section_anchors(document: nodes.document) -> dict[nodes.section, str]:
    """The anchor of every section."""
    sections = list(document.findall(nodes.section))
    named = {name for section in sections for name in section["ids"]}
    taken = {name for name in document.ids if not NUMBERED_ANCHOR.fullmatch(name)} - named
    titles = (section.next_node(nodes.title) for section in sections)
    wanted = (nodes.make_id(_original(title)) if title else "" for title in titles)
    return dict(
        zip(sections, make_unique((name or "section" for name in wanted), taken), strict=True)
    )


def keep_original_titles(document: nodes.document) -> None:
    """Keep the text of each title for anchors, which are the same in every language."""
    for title in document.findall(nodes.title):
        title["original"] = title.astext()


def _original(title: nodes.title) -> str:
    translated: bool = title.get("translated", False)
    return str(title["original"]) if translated else title.astext()


def stable_anchors(document: nodes.document) -> Iterator[str]:
    """Every anchor that stays."""
    sections = section_anchors(document)
    for name, node in document.ids.items():
        if isinstance(node, nodes.section):
            yield sections[node]
        elif not NUMBERED_ANCHOR.fullmatch(name):
            yield name


def make_unique(names: Iterable[str], taken: Iterable[str] = ()) -> Iterator[str]:
    """*names*, those that are *taken* or come again with a number behind them."""
    seen = set(taken)
    for name in names:
        made, count = name, 1
        while made in seen:
            count += 1
            made = f"{name}-{count}"
        seen.add(made)
        yield made
