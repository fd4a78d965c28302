"""Search: Sphinx's own index, or one that pagefind makes if its extra is installed.

Sphinx's index is loaded as a whole. With pagefind, a reader loads only the parts that the words
need, and can filter by status, type and topic.
"""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable, Iterable, Iterator
from html import escape
from importlib.util import find_spec
from pathlib import Path
from typing import Any, IO, Literal

from sphinx.search import js_index

from ..catalog.model import CatalogEntry
from ..errors import RepositoryError
from .i18n import _, ngettext

PAGEFIND = "pagefind"
"""The value of ``fep_search`` for pagefind, and the directory of its files in the site."""

Search = Literal["sphinx", "pagefind"]

PAGEFIND_ATTEMPTS = 3
"""How often the index of pagefind is made before the build fails."""

NOT_TEXT = (".contents", ".headerlink", ".site", ".site-notice", ".skip", "nav")
"""Parts of pages that are not searched, as CSS selectors."""


def search_labels() -> dict[str, object]:
    """Return the labels of the search page, for its scripts."""
    return {
        "all": _("All"),
        "more": _("More results"),
        "names": {"status": _("Status"), "topic": _("Topic"), "type": _("Type")},
        "none": _("No results."),
        "noneFor": _("No results for “{query}”.", query="{query}"),
        # The scripts fill in the number, so {number} is its own value here.
        "one": ngettext("{number} result", "{number} results", 1, number="{number}"),
        "results": _("Results"),
        "some": ngettext("{number} result", "{number} results", 2, number="{number}"),
    }


# Sphinx's search -------------------------------------------------------------------------------


class UrlIndexFormat:
    """The format of Sphinx's search index, with URLs instead of document names.

    Sphinx's script adds the suffix of a builder to each name, which is not how URLs are made
    here. The builder sets these suffixes to nothing, so URLs stay as they are.

    :param get_url: Returns the URL of a document.
    :param documents: Returns the names of all documents.
    """

    def __init__(
        self, get_url: Callable[[str], str], documents: Callable[[], Iterable[str]]
    ) -> None:
        self.get_url = get_url
        self.documents = documents

    def dump(self, data: dict[str, Any], file: IO[str]) -> None:
        """Write the index, without words that are on no page any more."""
        terms = {part: _used_terms(data[part]) for part in ("terms", "titleterms")}
        urls = [self._url(name) for name in data["docnames"]]
        js_index.dump({**data, **terms, "docnames": urls}, file)

    def load(self, file: IO[str]) -> dict[str, Any]:
        """Read what :meth:`dump` wrote."""
        data = js_index.load(file)
        names = {self._url(name): name for name in self.documents()}
        return {**data, "docnames": [names.get(url, url) for url in data["docnames"]]}

    def _url(self, name: str) -> str:
        return self.get_url(name) or "./"  # the script takes an empty URL for a missing one


def _used_terms(terms: dict[str, Any]) -> dict[str, Any]:
    return {term: pages for term, pages in terms.items() if pages != []}


# Pagefind --------------------------------------------------------------------------------------


def require_pagefind() -> None:
    """Check that pagefind is installed.

    :raises RepositoryError: If it is not.
    """
    if find_spec("pagefind") is None:
        raise RepositoryError("pagefind is not installed; pip install 'fep-tools[search]'")


def pagefind_filters(entry: CatalogEntry) -> str:
    """Return elements for the head of a proposal's page, which readers can filter by."""
    return "".join(
        f'<meta data-pagefind-filter="{name}[content]" content="{escape(value)}">\n'
        for name, value in _filter_values(entry)
    )


def _filter_values(entry: CatalogEntry) -> Iterator[tuple[str, str]]:
    values = [("status", entry.status), ("type", entry.type)]
    yield from ((name, value) for name, value in values if value)
    yield from (("topic", topic) for topic in entry.topics)


def write_pagefind_index(site: Path, pages: Iterable[tuple[str, Path]]) -> None:
    """Index pages, given as URL and file, in the directory of a site.

    The process that writes the files is stopped as soon as it has answered. On a busy machine,
    some are empty then, and the index is made again.

    :raises RepositoryError: If files are still empty after several attempts.
    """
    chosen = list(pages)
    for _attempt in range(PAGEFIND_ATTEMPTS):
        # Pagefind adds files named by their content and never removes any.
        shutil.rmtree(site / PAGEFIND, ignore_errors=True)
        asyncio.run(_write_index(site / PAGEFIND, chosen))
        if _is_whole(site / PAGEFIND):
            return
    raise RepositoryError("pagefind has written empty files; build the site again")


def _is_whole(index: Path) -> bool:
    files = [path for path in index.rglob("*") if path.is_file()]
    return index / "pagefind-entry.json" in files and all(path.stat().st_size for path in files)


async def _write_index(directory: Path, pages: list[tuple[str, Path]]) -> None:
    from pagefind.index import IndexConfig, PagefindIndex

    config = IndexConfig(output_path=str(directory), exclude_selectors=NOT_TEXT)
    async with PagefindIndex(config=config) as index:
        for url, file in pages:
            await index.add_html_file(content=file.read_text("utf-8"), url=f"/{url}")
