"""The Sphinx builder of the site, which writes pages only when they differ."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from contextlib import AbstractContextManager
from dataclasses import replace
from functools import cache, cached_property
from pathlib import Path
from typing import Any, TYPE_CHECKING

from docutils import nodes

from .._cache import key
from .._garbage import free_trees
from ..catalog.exports import json_api
from ..catalog.urls import EVENTS
from .domain import domain_of
from .extra_files import (
    copy_search_scripts,
    copy_static_files,
    is_own_theme,
    remove,
    replace_names,
    theme_digest,
    write_exports,
)
from .highlight import reuse_formatters
from .log_handlers import raising_os_errors
from .page_builder import NOT_FOUND, PageBuilder, SEARCH
from .page_files import PageRecord
from .pagefind import PAGEFIND
from .parallel import can_fork, read_in_processes, share_pages, write_in_processes
from .search import choose_engine, Search, search_context, search_files, UrlIndexFormat
from .stored_tocs import StoredTocs
from .virtual_pages import links_from_top, virtual_pages, VirtualPage

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

_NOT_FOUND_TEMPLATE = f"{NOT_FOUND}.html"


class SiteBuilder(PageBuilder):
    """Sphinx's builder of pages in directories, with incremental builds of its own.

    Sphinx compares times to decide what to write. A fresh clone has new times for everything, so
    here each page has a digest of everything that it shows, and is written if that differs
    from the digest of the last build.
    """

    name = "fep"

    def init(self) -> None:
        """Read the digests of the last build."""
        super().init()
        self.indexer_format = UrlIndexFormat(self.get_target_uri, lambda: self.env.found_docs)
        self.digests: dict[str, str] = {}
        self._tocs = StoredTocs(self.env.tocs)
        self.env.tocs = self._tocs  # type: ignore[assignment] # used like a dictionary
        self.pages: Set[str] = frozenset()
        self._exported: tuple[Set[str], Set[str]] = frozenset(), frozenset()
        self.common_digest = ""
        # Sphinx (8.2 to 9) sets this for each document it writes, and its translator reads it.
        # A build may write virtual pages alone.
        self.fignumbers: dict[str, Any] = {}
        self._record = PageRecord(Path(self.doctreedir) / "pages.json")
        # After all other handlers, which may still change what pages show.
        self.events.connect("env-updated", self._outdated_pages, 900)

    def init_highlighter(self) -> None:
        """Create the highlighter, which does not make its style sheet for each block of code."""
        super().init_highlighter()
        reuse_formatters(self.highlighter)

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
        self.digests[page.name] = key(self.common_digest, page.state).hex()
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
            # This process writes the first page, and keeps the memory for it: of 10,000 proposals,
            # that for the page with all charts would be half as much again.
            first = next((name for name in docnames if name in self.content.proposals), docnames[0])
            pages = [first, *(name for name in docnames if name != first)]
            # nproc is one less than the option: the first process of Sphinx resolves links.
            jobs = self._application.parallel
            write_in_processes(self, pages, jobs, self._write_exports)
        else:
            super()._write_parallel(docnames, nproc)

    @cached_property
    def virtual_pages(self) -> tuple[VirtualPage, ...]:
        """The pages without a source file, with digests in the place of their states."""
        pages = virtual_pages(self.env)
        return tuple(replace(page, state=key(page.title, page.state).hex()) for page in pages)

    def write_virtual_pages(self, context_of: Callable[[VirtualPage], dict[str, Any]]) -> None:
        """Write the virtual pages that have changed, in several processes where other pages are.

        :param context_of: Returns what the template gets, with the rendered page.
        """

        def write(share: Iterable[str]) -> dict[str, str]:
            for name in share:
                self.handle_page(name, context_of(changed[name]))
                free_trees()
            return self.images

        def keep(_share: Iterable[str], images: dict[str, str]) -> None:
            self.images.update(images)

        changed = {page.name: page for page in self.virtual_pages if not self.is_current(page)}
        jobs = self._application.parallel
        if can_fork(jobs, len(changed)) and domain_of(self.env).restricted:
            share_pages([*changed], write, keep, jobs)
        else:
            write(changed)

    def write_doc_serialized(self, docname: str, doctree: nodes.document) -> None:
        """Forget the stored tree, which Sphinx (8.2 to 9) keeps of each page that it writes."""
        super().write_doc_serialized(docname, doctree)
        self.env._pickled_doctree_cache.pop(docname, None)

    def write_doc(self, docname: str, doctree: nodes.document) -> None:
        """Write a page, and store its table of contents again."""
        super().write_doc(docname, doctree)
        self._tocs.store(docname)

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

    # Other files ---------------------------------------------------------------------------

    def copy_static_files(self) -> None:
        """Copy styles and scripts; an error of the system ends the build."""
        with raising_os_errors("sphinx.builders.html"):
            super().copy_static_files()

    def copy_theme_static_files(self, context: dict[str, Any]) -> None:
        """Copy the files of the theme, and those that our nodes and the search need."""
        super().copy_theme_static_files(context)
        copy_static_files(Path(self.outdir, "_static"))
        if self.indexer is not None:
            copy_search_scripts(self.theme, Path(self.outdir, "_static"), context, self.templates)

    def gen_additional_pages(self) -> None:
        """Write the search page, and the page for missing ones if the theme has a template."""
        super().gen_additional_pages()
        if self._has_page_for_missing_ones:
            context = links_from_top(self.get_target_uri, self.config.html_baseurl)
            self.handle_page(NOT_FOUND, context, _NOT_FOUND_TEMPLATE)

    @property
    def _has_page_for_missing_ones(self) -> bool:
        directories = [*self.theme.get_theme_dirs(), *self.config.templates_path]
        files = (self.confdir.joinpath(each, _NOT_FOUND_TEMPLATE) for each in directories)
        return any(file.is_file() for file in files)

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
        self._write_exports()
        exports = (Path(self.outdir, path) for path in self._exported[1])
        # That of "a" may be of "a/index" now, or lead to another page.
        files = {*map(self.get_output_path, self.digests), *exports}
        # In reverse, so that status/draft is removed before the directory status.
        for page in sorted(self._record.digests.keys() - self.digests.keys(), reverse=True):
            if (path := self.get_output_path(page)) not in files:
                remove(path)
        images = {name for _pages, name in self.env.images.values()}
        record = Path(self.doctreedir, "images.json")
        replace_names(Path(self.outdir, self.imagedir), images, record)

    def _write_exports(self) -> None:
        """Write the exports, unless that was done for the same pages; a preview has none."""
        names = self.env.found_docs | self._virtual | {page.name for page in self.virtual_pages}
        names |= {SEARCH, NOT_FOUND} if self._has_page_for_missing_ones else {SEARCH}
        if self.config.fep_only or names == self._exported[0]:
            return
        written = write_exports(
            self.content,
            self.urls,
            {name: (self.get_target_uri(name), self.get_output_path(name)) for name in names},
            outdir=Path(self.outdir),
            record=Path(self.doctreedir, "extra-files.json"),
            build_digest=self.config.fep_build_digest,
            root_doc=self.config.root_doc,
        )
        self._exported = names, written

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
