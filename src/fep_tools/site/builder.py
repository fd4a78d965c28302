"""The Sphinx builder: URLs made from numbers, and pages written only when they differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from contextlib import AbstractContextManager
from functools import cache, cached_property
from html import unescape
from pathlib import Path
from typing import Any, TYPE_CHECKING

from sphinx.builders.dirhtml import DirectoryHTMLBuilder

from .._cache import key
from ..catalog.exports import json_api
from ..catalog.urls import EVENTS, SiteUrls
from .content import SiteContent
from .domain import domain_of
from .extra_files import (
    copy_search_scripts,
    copy_static_files,
    is_own_theme,
    remove,
    theme_digest,
    UNLISTED,
    write_exports,
)
from .highlight import reuse_formatters
from .html import HeadBuilder, SiteTranslator
from .i18n import read_languages, SiteLanguages
from .languages import marked_contents
from .navigation import find_actions, find_trail, Navigation, read_navigation, url_of_lines
from .page_files import check_written, PageRecord, replacing
from .pagefind import PAGEFIND
from .parallel import read_in_processes, write_in_processes
from .search import choose_engine, Search, search_context, search_files, UrlIndexFormat
from .virtual_pages import links_from_top, VirtualPage

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

SEARCH = "search"
"""The search page. It is at the top, because its results are relative to it."""

NOT_FOUND = "404"
"""The page that web servers show for missing ones."""


class SiteBuilder(DirectoryHTMLBuilder):
    """Sphinx's builder of pages in directories, with incremental builds of its own.

    Sphinx compares times to decide what to write. A fresh clone has new times for everything, so
    here each page has a digest of everything that it shows, and is written if that differs
    from the digest of the last build.
    """

    name = "fep"
    default_translator_class = SiteTranslator
    copysource = False
    epilog = ""

    def __init__(self, app: Sphinx, env: BuildEnvironment) -> None:
        super().__init__(app, env)
        self._application = app  # Sphinx 9 renames its own attribute

    def init(self) -> None:
        """Read the digests of the last build."""
        super().init()
        self.indexer_format = UrlIndexFormat(self.get_target_uri, lambda: self.env.found_docs)
        self.digests: dict[str, str] = {}
        self.pages: Set[str] = frozenset()
        self.common_digest = ""
        # Sphinx (8.1 to 9) sets this for each document it writes, and its translator reads it.
        # A build may write virtual pages alone.
        self.fignumbers: dict[str, Any] = {}
        self._record = PageRecord(Path(self.doctreedir) / "pages.json")
        self._output = ""
        self._virtual: set[str] = set()
        # After all other handlers, which may still change what pages show.
        self.events.connect("env-updated", self._outdated_pages, 900)

    def init_highlighter(self) -> None:
        """Create the highlighter, which does not make its style sheet for each block of code."""
        super().init_highlighter()
        reuse_formatters(self.highlighter)

    @property
    def content(self) -> SiteContent:
        """The content of this build."""
        return domain_of(self.env).content

    # URLs ----------------------------------------------------------------------------------

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        """Return the URL of a page from the top of the site.

        Where no server adds ``index.html``, the URL has it.
        """
        if docname in (SEARCH, NOT_FOUND):
            return f"{docname}.html"
        directory = super().get_target_uri(docname, typ)
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

    # What to write -------------------------------------------------------------------------

    def get_outdated_docs(self) -> Iterator[str]:
        """Return the pages that are missing; :meth:`_outdated_pages` returns the others."""
        return (page for page in self.env.found_docs if not self.get_output_path(page).is_file())

    def _outdated_pages(self, _app: Sphinx, env: BuildEnvironment) -> list[str]:
        """Return the pages that differ from the last build."""
        state = domain_of(env).page_state
        common = self.common_digest = self._common_digest()
        for page in sorted(env.found_docs):
            self.digests[page] = key(common, str(env.all_docs[page]), *state(page)).hex()
        return [page for page in self.digests if not self._is_written(page)]

    def _is_written(self, page: str) -> bool:
        return self._record.is_current(page, self.digests[page], self.get_output_path(page))

    def is_current(self, page: VirtualPage) -> bool:
        """Return whether a virtual page is as it was in the last build."""
        self._virtual.add(page.name)
        self.digests[page.name] = key(self.common_digest, page.title, page.state).hex()
        is_current = self._is_written(page.name)
        if not is_current:
            self._begin()
        return is_current

    def _begin(self) -> None:
        self._record.begin(kept=self.env.found_docs - self.pages)

    def _common_digest(self) -> str:
        """Return a digest of what all pages share: settings, program, theme and menus."""
        settings = f"{self.build_info.config_hash} {self.config.fep_build_digest}"
        return key(settings, theme_digest(self.theme), repr(self.navigation)).hex()

    def _read_parallel(self, docnames: list[str], nproc: int) -> None:
        read_in_processes(self._application, self, docnames, nproc)

    # Writing -------------------------------------------------------------------------------

    def _write_parallel(self, docnames: Sequence[str], nproc: int) -> None:
        # Sphinx's index, and other extensions, get the trees of all pages in this process.
        if self.indexer is None and domain_of(self.env).restricted:
            write_in_processes(self, docnames, nproc)
        else:
            super()._write_parallel(docnames, nproc)

    def prepare_writing(self, docnames: Set[str]) -> None:
        """Add what our templates need to the context of all templates."""
        # Sphinx makes its own index if there is a search page.
        self.search = self.search_engine == "sphinx"
        super().prepare_writing(docnames)
        self.search = True
        if self.indexer is not None:
            # Sphinx caches the stems of one page at a time, but pages share most words.
            self.indexer.lang.stem = cache(self.indexer.lang.stem)  # type: ignore[method-assign]
        self.pages = frozenset(docnames)
        if docnames:
            self._begin()
        process = self.content.process
        local = self.config.fep_local_links
        self.globalcontext |= {
            "fep_summary": process.summary,
            "fep_notice": process.notice,
            "fep_catalog": json_api.CATALOG,
            "fep_events": EVENTS,
            **self.navigation.template_context(),
            "fep_local": local,
            **search_context(self.search_engine, process),
            # The search index has URLs, to which Sphinx's script must add nothing.
            "builder": "html",
            "file_suffix": "",
            "link_suffix": "",
            # The script loads each result for its summary, which file:// URLs do not allow.
            "show_search_summary": self.config.html_show_search_summary and not local,
        }

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
            if pagename not in UNLISTED and "title" in addctx:
                head = self.heads.render(pagename, unescape(addctx["title"]))
                addctx = {**addctx, "metatags": head}
        path = "" if pagename == NOT_FOUND else self.get_target_uri(pagename)
        base: str = self.config.html_baseurl
        is_listed = pagename not in UNLISTED
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

    # Other files ---------------------------------------------------------------------------

    def copy_theme_static_files(self, context: dict[str, Any]) -> None:
        """Copy the files of the theme, and those that our nodes and the search need."""
        super().copy_theme_static_files(context)
        copy_static_files(Path(self.outdir, "_static"))
        if self.indexer is not None:
            copy_search_scripts(self.theme, Path(self.outdir, "_static"), context, self.templates)

    def gen_additional_pages(self) -> None:
        """Write the search page, and the page for missing ones if the theme has a template."""
        super().gen_additional_pages()
        template = f"{NOT_FOUND}.html"
        directories = [*self.theme.get_theme_dirs(), *self.config.templates_path]
        if any(self.confdir.joinpath(directory, template).is_file() for directory in directories):
            context = links_from_top(self.get_target_uri, self.config.html_baseurl)
            self.handle_page(NOT_FOUND, context, template)

    def finish(self) -> None:
        """Write the exports and the search, and record the digests of this build."""
        if is_own_theme(self.theme):
            with self._search_files():
                self._finish()
        else:
            self._finish()
        self._record.finish(self.digests, {p: self.get_output_path(p) for p in self.digests})

    def _finish(self) -> None:
        """Write all other files, and remove stale ones."""
        super().finish()
        # In reverse, so that status/draft is removed before the directory status.
        files = set(map(self.get_output_path, self.digests))  # that of "a" may be of "a/index" now
        for page in sorted(self._record.digests.keys() - self.digests.keys(), reverse=True):
            if (path := self.get_output_path(page)) not in files:
                remove(path)
        if not self.config.fep_only:
            self._write_exports()
        images = {name for _pages, name in self.env.images.values()}
        for path in Path(self.outdir, self.imagedir).glob("*"):
            if path.name not in images:
                remove(path)

    def _write_exports(self) -> None:
        names = {*self.env.found_docs, *self._virtual}
        write_exports(
            self.content,
            self.urls,
            {name: (self.get_target_uri(name), self.get_output_path(name)) for name in names},
            outdir=Path(self.outdir),
            record=Path(self.doctreedir, "extra-files.json"),
            build_digest=self.config.fep_build_digest,
            root_doc=self.config.root_doc,
        )

    @cached_property
    def search_engine(self) -> Search:
        """The search whose index is built."""
        return choose_engine(
            self.config.fep_search,
            is_own_theme=is_own_theme(self.theme),
            is_local=self.config.fep_local_links,
        )

    def _search_files(self) -> AbstractContextManager[None]:
        """Write what the search page loads; pagefind works during the block."""
        found = sorted((page, self.digests[page]) for page in self.env.found_docs)
        return search_files(
            self.content,
            [
                (name, title.astext(), self.get_target_uri(name), self.get_output_path(name))
                for name, title in self.env.titles.items()
                if name in self.env.found_docs
            ],
            Path(self.outdir),
            self.search_engine,
            scratch=Path(self.doctreedir, PAGEFIND),
            digest=key(*(part for row in found for part in row)).hex(),
        )
