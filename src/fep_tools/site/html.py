"""HTML: the translator of nodes, formulas, and what the head of a page says about it.

The head has Open Graph, JSON-LD in the vocabulary of schema.org, and links to the same content
as a feed, calendar or JSON. Absolute URLs are left out if the URL of the site is unknown.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import Any, cast, TYPE_CHECKING

from docutils import nodes
from sphinx.util.docutils import SphinxTranslator
from sphinx.util.math import get_node_equation_number
from sphinx.writers.html5 import HTML5Translator

from ..catalog.exports import json_api
from ..catalog.exports.ical import DUE
from ..catalog.model import CatalogEntry
from ..catalog.urls import (
    CALENDAR,
    EVENTS,
    feed_url,
    relative,
    SiteUrls,
    status_feed_url,
    topic_feed_url,
)
from ..process.model import Process
from ..proposals.rst.formulas import FormulaError, to_mathml
from ..proposals.rst.traversal import PREFIXES
from .content import SiteContent
from .domain import domain_of
from .i18n import _
from .navigation import url_of_lines

if TYPE_CHECKING:
    from sphinx.application import Sphinx

# Nodes -----------------------------------------------------------------------------------------

SCROLL_BOX = '<div class="fep-scrolled" role="group" aria-label="{}" tabindex="0">'


class SiteTranslator(HTML5Translator):
    """Sphinx's translator, with code and tables that scroll and can be reached by keyboard.

    On a phone, the whole page would scroll sideways otherwise.
    """

    def find_method(self, kind: str, node_class: type[nodes.Node]) -> Callable[..., Any]:
        """Return what Sphinx's translator calls for a class of nodes.

        Sphinx looks it up for each node again.

        :param kind: ``visit`` or ``departure``.
        """
        dispatch = f"dispatch_{kind}"
        if getattr(type(self), dispatch) is getattr(SphinxTranslator, dispatch):
            for base in node_class.__mro__:
                method = getattr(self, f"{PREFIXES[kind]}_{base.__name__}", None)
                if method:
                    return cast("Callable[..., Any]", method)
        return cast("Callable[..., Any]", getattr(self, dispatch))

    def starttag(
        self,
        node: nodes.Element,
        tagname: str,
        suffix: str = "\n",
        empty: bool = False,
        **attributes: Any,
    ) -> str:
        """Return a start tag; one without attributes needs no search for them."""
        if attributes or empty or node.get("classes") or node.get("ids"):
            return super().starttag(node, tagname, suffix, empty, **attributes)
        return f"<{tagname.lower()}>{suffix}"

    def visit_literal_block(self, node: nodes.literal_block) -> None:
        """Write a block of code that can have the focus."""
        try:
            super().visit_literal_block(node)
        finally:
            # Sphinx writes the block at once, and then raises SkipNode.
            self.body[-1] = self.body[-1].replace("<pre", '<pre tabindex="0"', 1)

    def visit_paragraph(self, node: nodes.paragraph) -> None:
        """Write a paragraph with its lines in the file, where the host has a page for them."""
        super().visit_paragraph(node)
        first = node.line
        if first is None or node.source != self.document["source"]:
            return
        if self._has_page_of_lines:
            last = first + node.rawsource.count("\n")
            lines = f'<p data-lines="{first}-{last}"'
            self.body[-1] = self.body[-1].replace("<p", lines, 1)

    @cached_property
    def _has_page_of_lines(self) -> bool:
        """True if the host has pages for lines of this document; a translator is for one."""
        builder = self.builder
        return bool(url_of_lines(builder.current_docname, domain_of(builder.env).content))

    def visit_table(self, node: nodes.table) -> None:
        """Write a table in a box that scrolls."""
        self.body.append(SCROLL_BOX.format(escape(_("Table"))))
        node["scrolled"] = True
        super().visit_table(node)

    def depart_table(self, node: nodes.table) -> None:
        """Close the box; the translator of a theme may have replaced :meth:`visit_table`."""
        super().depart_table(node)
        if node.get("scrolled"):
            self.body.append("</div>\n")


# Formulas --------------------------------------------------------------------------------------


def _write_math(translator: HTML5Translator, node: nodes.Element, *, as_block: bool) -> None:
    """Write a formula as MathML, which browsers show without a script."""
    source = node.astext()
    try:
        translator.body.append(to_mathml(source, as_block=as_block))
    except FormulaError:  # a finding of the check
        translator.body.append(f"<code>{translator.encode(source)}</code>")
    raise nodes.SkipNode


def _visit_math(translator: HTML5Translator, node: nodes.Element) -> None:
    _write_math(translator, node, as_block=False)


def _visit_math_block(translator: HTML5Translator, node: nodes.math_block) -> None:
    # Links lead to its label: :eq:`sum`, and sum_ if ".. _sum:" is above it.
    anchors = (f'<span id="{translator.attval(name)}"></span>' for name in node["ids"])
    translator.body.append("".join(anchors))
    if number := node["number"] and get_node_equation_number(translator, node):
        translator.body.append(f'<span class="eqno">({translator.encode(number)})</span>')
    _write_math(translator, node, as_block=True)


def register(app: Sphinx) -> None:
    """Register the writer of formulas."""
    app.add_html_math_renderer("fep", (_visit_math, None), (_visit_math_block, None))


# Metadata --------------------------------------------------------------------------------------

MAX_DESCRIPTION_LENGTH = 256
"""Characters."""

_SCRIPT_ESCAPES = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})


@dataclass(frozen=True)
class PageMetadata:
    """The values in the head of a page.

    :param path: The path of the page in the site.
    :param entry: The catalog entry, if it is the page of a proposal.
    :param feed: The path of the feed about the page, if there is one.
    """

    title: str
    path: str
    entry: CatalogEntry | None = None
    feed: str = ""


class HeadBuilder:
    """Makes the heads of pages.

    :param get_url: Returns the path of a page by its name.
    """

    def __init__(self, content: SiteContent, urls: SiteUrls, get_url: Callable[[str], str]) -> None:
        self.content = content
        self.urls = urls
        self.get_url = get_url
        self.feeds = dict(_feeds(content))

    def render(self, page: str, title: str) -> str:
        """Return the elements for the head of a page, one per line."""
        entry, feed = self.content.entry(page), self.feeds.get(page, "")
        metadata = PageMetadata(title, self.get_url(page), entry, feed)
        return "\n".join(_head_elements(metadata, self.content.process, self.urls))


def _feeds(content: SiteContent) -> Iterator[tuple[str, str]]:
    """Return the name of each page that has a feed, and the path of the feed."""
    for facet, groups in content.groups.items():
        feed_path = {"status": status_feed_url, "topics": topic_feed_url}.get(facet.role)
        if feed_path is not None:
            yield from ((g.page, feed_path(g.value)) for g in groups.values() if g.page)
    yield from ((page, feed_url(number)) for number, page in content.pages.items())


def _head_elements(page: PageMetadata, process: Process, urls: SiteUrls) -> Iterator[str]:
    entry, path = page.entry, page.path
    description = shorten(entry.abstract or "") if entry else process.summary
    if description:
        yield _meta("name", "description", description)
    yield _meta("property", "og:title", page.title)
    yield _meta("property", "og:type", "article" if entry else "website")
    yield _meta("property", "og:site_name", process.plural)
    if description:
        yield _meta("property", "og:description", description)
    if url := urls.absolute(path):
        yield _meta("property", "og:url", url)
    # Relative links start at the file: "status/" is status/index.html.
    start = f"{path}index.html" if path.endswith("/") or not path else path
    for media_type, target, title in _alternates(page, process):
        href = escape(relative(target, start))
        yield f'<link rel="alternate" type="{media_type}" href="{href}" title="{escape(title)}">'
    if entry:
        yield f'<script type="application/ld+json">{_json_ld(entry, process, urls)}</script>'


def _meta(attribute: str, name: str, content: str) -> str:
    return f'<meta {attribute}="{name}" content="{escape(_replace_surrogates(content))}">'


def _alternates(page: PageMetadata, process: Process) -> Iterator[tuple[str, str, str]]:
    """Return media type, path and title of the same content in other formats."""
    yield "application/atom+xml", EVENTS, _("{name}: Atom feed", name=process.plural)
    if any(process.header_for(role) for role in DUE):
        yield "text/calendar", CALENDAR, _("{name}: calendar of deadlines", name=process.plural)
    if page.feed:
        yield "application/atom+xml", page.feed, _("{name}: Atom feed", name=page.title)
    if page.entry:
        path = json_api.proposal_path(page.entry.number)
        yield "application/json", path, _("{name} as JSON", name=page.title)


def _json_ld(entry: CatalogEntry, process: Process, urls: SiteUrls) -> str:
    """Return JSON-LD without ``<``, ``>`` and ``&``, so that no text in it ends the element."""
    properties: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "TechArticle",
        "headline": _replace_surrogates(entry.title or process.label(entry.number)),
        "identifier": process.label(entry.number),
        "description": shorten(entry.abstract or ""),
        "author": [
            {"@type": "Organization" if author.is_group else "Person", "name": author.name}
            for author in entry.authors
        ],
        "keywords": list(entry.topics),
        "creativeWorkStatus": entry.status,
        "dateCreated": entry.created.isoformat() if entry.created else None,
        "dateModified": entry.changed.isoformat() if entry.changed else None,
        "url": urls.page(entry.number),
    }
    present = {name: value for name, value in properties.items() if value}
    return json.dumps(present).translate(_SCRIPT_ESCAPES)


def shorten(text: str) -> str:
    """Return *text* on one line, cut between words if it is too long for a description."""
    line = " ".join(_replace_surrogates(text).split())
    if len(line) <= MAX_DESCRIPTION_LENGTH:
        return line
    return line[: MAX_DESCRIPTION_LENGTH - 1].rsplit(" ", 1)[0] + "…"


def _replace_surrogates(text: str) -> str:
    """Replace bytes that were not UTF-8, which Python reads as surrogates."""
    return text.encode("utf-8", "replace").decode()
