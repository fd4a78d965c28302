"""The builder: addresses made of numbers, and no page written that would be the same."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Set
from functools import cache, cached_property
from html import unescape
from pathlib import Path
from typing import Any, TYPE_CHECKING
from urllib.parse import urlsplit

from sphinx import addnodes
from sphinx.builders.dirhtml import DirectoryHTMLBuilder

from .._cache import key
from ..catalog.exports import json_api
from ..catalog.urls import EVENTS, SiteUrls
from . import assets, extra_files, pagefind, search
from .assets import copy_search, put, remembered, take_away, theme_digest
from .domain import domain_of
from .head import Heads
from .i18n import _
from .languages import chosen, Languages
from .search import ProposalSearch
from .translator import SiteTranslator
from .virtual_page import VirtualPage

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

SEARCH = "search"
"""The page of the search; at the top, where its results are linked from."""

LOST = "404"
"""The page that hosts show where there is none."""


class SiteBuilder(DirectoryHTMLBuilder):
    """Sphinx's builder of pages in folders.

    Sphinx decides by times what is to be written. Here each page has a digest of everything
    that is on it, and is written when that is another than when it was last written.
    """

    name = "fep"
    default_translator_class = SiteTranslator
    copysource = False
    epilog = ""

    def init(self) -> None:
        """Learn what is there from the last time."""
        super().init()
        self.indexer_format = ProposalSearch(self)
        self.digests: dict[str, str] = {}
        self.pages: Set[str] = frozenset()
        self.common = ""
        self.fignumbers: dict[str, Any] = {}  # which Sphinx sets for documents only
        self._record = Path(self.doctreedir) / "pages.json"
        self._before: dict[str, str] = remembered(self._record)
        self._others: set[str] = set()
        self.events.connect("env-updated", self._outdated, 900)

    # Addresses -----------------------------------------------------------------------------

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        """Where a page is, from the top; to its file, where there is no server to find it."""
        if docname in (SEARCH, LOST):
            return f"{docname}.html"
        folder = super().get_target_uri(docname, typ)
        return f"{folder}index.html" if self.config.fep_local_links else folder

    def get_output_path(self, page_name: str, /) -> Path:
        """The file of a page."""
        if page_name in (SEARCH, LOST):
            return Path(self.outdir, f"{page_name}.html")
        folder = super().get_target_uri(page_name)
        return Path(self.outdir, folder, "index.html")

    def get_outfilename(self, pagename: str) -> str:  # type: ignore[override]
        """The same, for Sphinx before 9."""
        return str(self.get_output_path(pagename))

    @cached_property
    def addresses(self) -> SiteUrls:
        """Where the pages of proposals are, and the site, if that is known."""
        pages = domain_of(self.env).edition.pages
        uris = {number: self.get_target_uri(page) for number, page in pages.items()}
        return SiteUrls(self.config.html_baseurl, uris)

    @cached_property
    def languages(self) -> Languages:
        """Those that the site is in."""
        given = () if self.config.fep_only else self.config.fep_languages
        return chosen(given, self.config.language)

    @cached_property
    def heads(self) -> Heads:
        """What pages say of themselves to machines."""
        return Heads(domain_of(self.env).edition, self.addresses, self.get_target_uri)

    # What is to be written -----------------------------------------------------------------

    def get_outdated_docs(self) -> Iterator[str]:
        """The pages that are not there; the others are for :meth:`_outdated`."""
        return (page for page in self.env.found_docs if not self.get_output_path(page).is_file())

    def _outdated(self, _app: Sphinx, env: BuildEnvironment) -> list[str]:
        """The pages that would not be the same as last time."""
        domain = domain_of(env)
        common = self.common = self._common()
        for page in sorted(env.found_docs):
            parts = (common, str(env.all_docs[page]), *domain.shown(page))
            self.digests[page] = key(*parts).hex()
        return [page for page, digest in self.digests.items() if self._before.get(page) != digest]

    def is_current(self, page: VirtualPage) -> bool:
        """Whether a page that no document stands behind would be the same as last time."""
        self._others.add(page.name)
        digest = self.digests[page.name] = key(self.common, page.title, page.shown).hex()
        written = self.get_output_path(page.name).is_file()
        return written and self._before.get(page.name) == digest

    def _common(self) -> str:
        """What every page shows, or is made with."""
        configured = f"{self.build_info.config_hash} {self.config.fep_made_with}"
        return key(configured, theme_digest(self.theme), repr(self._navigation())).hex()

    def prepare_writing(self, docnames: Set[str]) -> None:
        """Put what the templates need where they find it."""
        super().prepare_writing(docnames)
        if self.indexer is not None:
            # Sphinx remembers the stems of one page, but pages share most of their words.
            self.indexer.lang.stem = cache(self.indexer.lang.stem)  # type: ignore[method-assign]
        self.pages = frozenset(docnames)
        process = domain_of(self.env).edition.process
        local = self.config.fep_local_links
        self.globalcontext |= {
            "fep_summary": process.summary,
            "fep_notice": process.notice,
            "fep_catalog": json_api.CATALOG,
            "fep_events": EVENTS,
            "fep_navigation": self._navigation(),
            "fep_local": local,
            "fep_search": self.config.fep_search,
            "fep_search_words": search.words(),
            # Search results are linked by the addresses in the index, with nothing added.
            "builder": "html",
            "file_suffix": "",
            "link_suffix": "",
            # Without a server, no page may look into another.
            "show_search_summary": self.config.html_show_search_summary and not local,
        }

    def _navigation(self) -> list[tuple[str, dict[str, str]]]:
        """The lists, then the pages that the index names, by the captions they are under."""
        titles = self.env.titles
        toc = self.env.tocs[self.config.root_doc]
        menu = domain_of(self.env).edition.menu
        return [(_("Proposals"), menu)] * bool(menu) + [
            (
                tree.get("caption") or "",
                {p: name or titles[p].astext() for name, p in tree["entries"] if p in titles},
            )
            for tree in toc.findall(addnodes.toctree)
        ]

    def get_doc_context(self, docname: str, body: str, metatags: str) -> dict[str, Any]:
        """What the template of a page needs, and what a proposal adds to it."""
        context = super().get_doc_context(docname, body, metatags)
        edition = domain_of(self.env).edition
        entry = edition.entry(docname)
        told = self.heads.of(docname, self.env.longtitles[docname].astext())
        if entry and self.config.fep_search == pagefind.NAME:
            told = f"{told}\n{pagefind.marks(entry)}"
        return {
            **context,
            "metatags": told if docname in edition.proposals else f"{metatags}\n{told}",
            "fep_entry": entry,
            "fep_path": self.env.doc2path(docname, False),
        }

    def handle_page(self, pagename: str, addctx: dict[str, Any], *args: Any, **kwargs: Any) -> None:
        """Write a page; one that no document stands behind is noted, and gets its head here."""
        if pagename not in self.env.found_docs:
            self._others.add(pagename)
            if pagename not in extra_files.UNLISTED and "title" in addctx:
                addctx = {**addctx, "metatags": self.heads.of(pagename, unescape(addctx["title"]))}
        super().handle_page(pagename, self._in_others(pagename, addctx), *args, **kwargs)

    def _in_others(self, pagename: str, addctx: dict[str, Any]) -> dict[str, Any]:
        """What a page says of itself in other languages."""
        path = "" if pagename == LOST else self.get_target_uri(pagename)
        alone = pagename in extra_files.UNLISTED
        base: str = self.config.html_baseurl
        return addctx | self.languages.context(path, base, addctx, alone=alone)

    # What stands beside the pages ----------------------------------------------------------

    def copy_theme_static_files(self, context: dict[str, Any]) -> None:
        """The theme's own files, and Sphinx's for the search."""
        super().copy_theme_static_files(context)
        assets.copy_nodes(Path(self.outdir, "_static"))
        copy_search(self.theme, Path(self.outdir, "_static"), context, self.templates)

    def gen_additional_pages(self) -> None:
        """The page of the search, and the one for what is not there, if the theme has one."""
        super().gen_additional_pages()
        template = f"{LOST}.html"
        folders = [*self.theme.get_theme_dirs(), *self.config.templates_path]
        if any(self.confdir.joinpath(folder, template).is_file() for folder in folders):
            self.handle_page(LOST, self._from_the_top(), template)

    def _from_the_top(self) -> dict[str, Any]:
        """Links for a page that is served at any address: from the top of the host.

        Where a site is below that, ``html_baseurl`` says so.
        """
        top = urlsplit(str(self.config.html_baseurl)).path.rstrip("/") + "/"

        def pathto(target: str, resource: bool = False) -> str:
            return top + (target if resource else self.get_target_uri(target))

        return {"fep_top": top, "pathto": pathto}

    def finish(self) -> None:
        """Publish the catalog, take away what is no longer there, and remember the rest."""
        super().finish()
        for page in sorted(self._before.keys() - self.digests.keys(), reverse=True):
            take_away(self.get_output_path(page))
        if not self.config.fep_only:
            extra_files.publish(self, {*self.env.found_docs, *self._others})
        images = {name for _pages, name in self.env.images.values()}
        for left in Path(self.outdir, self.imagedir).glob("*"):
            if left.name not in images:
                take_away(left)
        self._index_text()
        put(self._record, json.dumps(self.digests, indent=0).encode())

    def _index_text(self) -> None:
        """Make or take away pagefind's index, where the pages or the setting are others."""
        folder = Path(self.outdir, pagefind.FOLDER)
        if self.config.fep_search != pagefind.NAME:
            shutil.rmtree(folder, ignore_errors=True)
        elif self._before != self.digests or not folder.is_dir():
            pages = sorted(self.env.found_docs)
            pagefind.make(
                Path(self.outdir),
                ((self.get_target_uri(page), self.get_output_path(page)) for page in pages),
            )
