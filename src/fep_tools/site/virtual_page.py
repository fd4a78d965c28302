"""A page that no document stands behind: made from the catalog when the site is written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, cast

from docutils import nodes
from docutils.utils import new_document
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.writers.html5 import HTML5Translator


@dataclass(frozen=True)
class VirtualPage:
    """One such page. *shown* is everything on it: where that is as it was, it is not made again."""

    name: str
    title: str
    shown: str
    content: Callable[[], Sequence[nodes.Node]]


def context(builder: StandaloneHTMLBuilder, page: VirtualPage) -> dict[str, Any]:
    """What templates want to know of a page, as for one that was written."""
    return {
        "body": _body(builder, page),
        "display_toc": False,
        "metatags": "",
        "next": None,
        "parents": [],
        "prev": None,
        "rellinks": [],
        "sourcename": "",
        "title": escape(page.title),
        "toc": "",
    }


def _body(builder: StandaloneHTMLBuilder, page: VirtualPage) -> str:
    document = new_document(page.name, builder.docsettings)
    document += nodes.section("", nodes.title("", page.title), *page.content(), ids=["list"])
    builder.env.apply_post_transforms(document, page.name)
    builder.current_docname = page.name
    visitor = cast("HTML5Translator", builder.create_translator(document, builder))
    document.walkabout(visitor)
    return "".join(visitor.fragment)
