"""Pages without a source file, made from the catalog when the site is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from html import escape
from typing import Any, cast, ClassVar, TYPE_CHECKING
from urllib.parse import urlsplit

from docutils import nodes
from docutils.utils import new_document
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.writers.html5 import HTML5Translator

from .content import SiteContent
from .domain import domain_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


@dataclass(frozen=True)
class VirtualPage:
    """A page without a source file.

    :param state: A string that differs if the page differs; while it is the same, the page is
        not rendered again.
    """

    name: str
    title: str
    state: str
    render: Callable[[], Sequence[nodes.Node]]


PageSource = Callable[[SiteContent], Iterable[VirtualPage]]


def register(app: Sphinx, sources: Iterable[PageSource]) -> None:
    """Make Sphinx write the pages of *sources*; a document of the same name goes first."""
    PageSources.all = tuple(sources)

    def collect(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
        builder = app.builder
        assert isinstance(builder, StandaloneHTMLBuilder)
        # Sphinx's own builders have no such method, and write every page each time.
        write = getattr(builder, "write_virtual_pages", None)
        if write is not None:
            write(partial(_template_context, builder))
            return
        for page in virtual_pages(app.env):
            yield page.name, _template_context(builder, page), "page.html"

    app.connect("html-collect-pages", collect)


class PageSources:
    """The functions that make virtual pages."""

    all: ClassVar[tuple[PageSource, ...]] = ()


def virtual_pages(env: BuildEnvironment) -> Iterator[VirtualPage]:
    """Yield the pages without a source file; a preview of one proposal has no lists."""
    if env.config.fep_only:
        return
    content = domain_of(env).content
    pages = (page for source in PageSources.all for page in source(content))
    yield from (page for page in pages if page.name not in env.found_docs)


def _template_context(builder: StandaloneHTMLBuilder, page: VirtualPage) -> dict[str, Any]:
    """Return what Sphinx gives the template of a page that was written from a document."""
    return {
        "body": _render_body(builder, page),
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


def _render_body(builder: StandaloneHTMLBuilder, page: VirtualPage) -> str:
    document = new_document(page.name, builder.docsettings)
    document += nodes.section("", nodes.title("", page.title), *page.render(), ids=["list"])
    builder.env.apply_post_transforms(document, page.name)
    builder.current_docname = page.name  # which the translator takes relative links from
    # Not those of the page that was written last.
    builder.secnumbers = {}
    builder.fignumbers = {}
    visitor = cast("HTML5Translator", builder.create_translator(document, builder))
    document.walkabout(visitor)
    return "".join(visitor.fragment)


def links_from_top(get_url: Callable[[str], str], base_url: str) -> dict[str, Any]:
    """Return what a template needs for links that start at the top of the host.

    A server shows the page for missing ones at any URL, so relative links would not work.

    :param get_url: Returns the URL of a page from the top of the site.
    :param base_url: The URL of the site, which says whether it is below the top: ``/feps/`` for
        ``https://example.org/feps/``.
    """
    top = urlsplit(base_url).path.rstrip("/") + "/"

    def pathto(target: str, resource: bool = False) -> str:
        return top + (target if resource else get_url(target))

    return {"fep_top": top, "pathto": pathto}
