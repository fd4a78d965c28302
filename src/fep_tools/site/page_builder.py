"""Writing a page: its URL, what its template gets, and its file."""

from __future__ import annotations

from functools import cached_property
from html import unescape
from pathlib import Path
from typing import Any, TYPE_CHECKING
from urllib.parse import quote

from sphinx.builders.dirhtml import DirectoryHTMLBuilder

from ..catalog.urls import SiteUrls
from ..proposals.page_files import PAGES_OF_SITE
from .content import SiteContent
from .domain import domain_of
from .html import HeadBuilder, SiteTranslator
from .i18n import read_languages, SiteLanguages
from .languages import marked_contents
from .navigation import find_actions, find_trail, Navigation, read_navigation, url_of_lines
from .page_files import check_written, replacing

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

SEARCH = "search"
"""The search page. It is at the top, because its results are relative to it."""

NOT_FOUND = "404"
"""The page that web servers show for missing ones."""


class PageBuilder(DirectoryHTMLBuilder):
    """Sphinx's builder of pages in directories, with URLs made from numbers."""

    default_translator_class = SiteTranslator
    copysource = False
    epilog = ""

    def __init__(self, app: Sphinx, env: BuildEnvironment) -> None:
        super().__init__(app, env)
        self._application = app  # Sphinx 9 renames its own attribute
        self._output = ""
        self._virtual: set[str] = set()

    @property
    def content(self) -> SiteContent:
        """The content of this build."""
        return domain_of(self.env).content

    # URLs ----------------------------------------------------------------------------------

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        """Return the URL of a page from the top of the site.

        Where no server adds ``index.html``, the URL has it. A name such as ``pep-0001/a#b`` is
        quoted, since a browser would take the end of it as an anchor.
        """
        if docname in (SEARCH, NOT_FOUND):
            return f"{docname}.html"
        directory = quote(super().get_target_uri(docname, typ), errors="surrogateescape")
        return f"{directory}index.html" if self.config.fep_local_links else directory

    def get_output_path(self, page_name: str, /) -> Path:
        """Return the file of a page."""
        if page_name in (SEARCH, NOT_FOUND):
            return Path(self.outdir, f"{page_name}.html")
        directory = super().get_target_uri(page_name)
        return Path(self.outdir, directory, "index.html")

    def get_outfilename(self, pagename: str) -> str:  # type: ignore[override]
        """Return the file of a page, for Sphinx before 9."""
        return str(self.get_output_path(pagename))

    @cached_property
    def urls(self) -> SiteUrls:
        """The URLs of proposals, and of the site if that is known."""
        pages = {number: self.get_target_uri(page) for number, page in self.content.pages.items()}
        return SiteUrls(self.config.html_baseurl, pages)

    @cached_property
    def languages(self) -> SiteLanguages:
        """The languages of the site."""
        codes = () if self.config.fep_only else self.config.fep_languages
        return read_languages(codes, self.config.language)

    @cached_property
    def heads(self) -> HeadBuilder:
        """Makes the heads of pages."""
        return HeadBuilder(self.content, self.urls, self.get_target_uri)

    # Pages ---------------------------------------------------------------------------------

    @cached_property
    def navigation(self) -> Navigation:
        """The menus of the site."""
        return read_navigation(self.content, self.env.tocs[self.config.root_doc], self.env.titles)

    def get_doc_context(self, docname: str, body: str, metatags: str) -> dict[str, Any]:
        """Return what the template of a page gets."""
        context = super().get_doc_context(docname, body, metatags)
        if contents := marked_contents(self.env, docname, self.tags):
            context["toc"] = self.render_partial(contents)["fragment"]
        entry = self.content.entry(docname)
        head = self.heads.render(docname, self.env.longtitles[docname].astext())
        # Authors of proposals may not add elements to the head; ".. meta::" in pages may.
        proposal = self.content.proposals.get(docname)
        path = proposal.path if proposal else self._source_path(docname)
        return {
            **context,
            "metatags": head if proposal else f"{metatags}\n{head}",
            "fep_entry": entry,
            "fep_path": path,
            "fep_actions": list(find_actions(docname, path, self.content)),
            "fep_lines": url_of_lines(docname, self.content),
        }

    def _source_path(self, docname: str) -> str:
        """Return the path of a page's file; empty if the page comes with fep-tools."""
        is_in_repository = Path(self.env.doc2path(docname)).is_relative_to(self.srcdir)
        return str(self.env.doc2path(docname, False)) if is_in_repository else ""

    def create_template_bridge(self) -> None:
        """Keep what templates render, so that it can be compared with what is written."""
        super().create_template_bridge()
        render = self.templates.render

        def render_and_keep(template: str, context: dict[str, Any]) -> str:
            self._output = render(template, context)
            return self._output

        self.templates.render = render_and_keep

    def handle_page(
        self,
        pagename: str,
        addctx: dict[str, Any],
        templatename: str = "page.html",
        outfilename: Path | None = None,
        event_arg: Any = None,
    ) -> None:
        """Write a page. Virtual ones are recorded, and get their head here.

        :raises RepositoryError: If it cannot be written.
        """
        if pagename not in self.env.found_docs:
            self._virtual.add(pagename)
            if pagename not in PAGES_OF_SITE and "title" in addctx:
                head = self.heads.render(pagename, unescape(addctx["title"]))
                addctx = {**addctx, "metatags": head}
        path = "" if pagename == NOT_FOUND else self.get_target_uri(pagename)
        base: str = self.config.html_baseurl
        is_listed = pagename not in PAGES_OF_SITE
        if is_listed:
            heading = self.env.titles.get(pagename)
            title = heading.astext() if heading else unescape(str(addctx.get("title", "")))
            way = (self.navigation, self.content, self.config.root_doc)
            addctx |= {"fep_trail": find_trail(pagename, title, *way)}
        addctx = addctx | self.languages.template_context(path, base, addctx, is_listed=is_listed)
        file = Path(outfilename or self.get_output_path(pagename))
        with replacing(file) as temporary:
            super().handle_page(
                pagename, addctx, templatename, outfilename=temporary, event_arg=event_arg
            )
            check_written(temporary, self._output, file)
