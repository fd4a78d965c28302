"""Search: titles and numbers of all pages, and an index of their texts.

The texts are in the index of pagefind if its extra is installed, otherwise in Sphinx's own, which
readers load as a whole. Titles, numbers, statuses and the words for "did you mean" are in a file
of ours, so that these are found in the same way with both.
"""

from __future__ import annotations

import asyncio
import gzip
import json
import re
import shutil
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from html import escape
from importlib.util import find_spec
from pathlib import Path
from typing import Any, IO, Literal

from sphinx.search import js_index

from ..catalog.model import ProposalEntry
from ..errors import RepositoryError
from ..process.model import Process
from .content import SiteContent
from .i18n import _, ngettext
from .page_files import write_if_changed

PAGEFIND = "pagefind"
"""The value of ``fep_search`` for pagefind, and the directory of its files in the site."""

Search = Literal["auto", "sphinx", "pagefind"]

AUTO = "auto"
"""The value of ``fep_search`` for pagefind if it is installed, and Sphinx's search otherwise."""

PAGES_FILE = "searchpages.js"
"""The file with what is found without an index, in the directory of a site."""

PAGEFIND_ATTEMPTS = 3
"""How often the index of pagefind is made before the build fails."""

PAGEFIND_POLLS, PAGEFIND_PAUSE = 100, 0.1
"""How often pagefind is looked at until its files do not grow any more, and the seconds between."""

NOT_PROSE = (
    ".headerlink", ".fep-facts", ".fep-header", ".fep-summary", ".fep-banner", ".fep-notice",
    ".fep-snippet", ".fep-verdict", ".fep-neighbours", ".fep-sources", ".fep-index", ".fep-now",
    "#history-of-this-proposal", "#relations-of-this-proposal", "#similar-proposals",
    "#citing-this-proposal", "nav", "pre", "svg",
)  # fmt: skip
"""Parts of the main text of pages that are not searched, as CSS selectors."""

MIN_WORD_LENGTH = 4
"""The length of the words that "did you mean" offers."""

_WORD = re.compile(rf"[^\W\d_]{{{MIN_WORD_LENGTH},}}")


def search_labels(process: Process) -> dict[str, object]:
    """Return the labels of the search page, for its scripts."""
    return {
        "acronym": process.acronym,
        "all": _("All"),
        "corrected": _(
            "Results for “{corrected}” instead of “{query}”.",
            query="{query}",
            corrected="{corrected}",
        ),
        "kinds": {"page": _("Handbook"), "proposal": _("Proposals")},
        "loading": _("Loading the search"),
        "more": _("More results"),
        "names": {"status": _("Status"), "topic": _("Topic"), "type": _("Type")},
        "none": _("No results."),
        "noneFor": _("No results for “{query}”.", query="{query}"),
        # The scripts fill in the number, so {number} is its own value here.
        "one": ngettext("{number} result", "{number} results", 1, number="{number}"),
        "some": ngettext("{number} result", "{number} results", 2, number="{number}"),
    }


def box_labels() -> dict[str, str]:
    """Return what the search box of every page announces."""
    return {
        "none": _("No suggestions. Press Enter to search the texts."),
        "one": ngettext("{number} suggestion", "{number} suggestions", 1, number="{number}"),
        "some": ngettext("{number} suggestion", "{number} suggestions", 2, number="{number}"),
    }


def search_context(engine: Search, process: Process) -> dict[str, object]:
    """Return what the templates of the search box and the search page get."""
    return {
        "fep_search": engine,
        "fep_search_labels": search_labels(process),
        "fep_search_box_labels": box_labels(),
        "fep_not_prose": ", ".join(NOT_PROSE),
    }


def choose_engine(setting: Search, is_own_theme: bool) -> Search:
    """Return the search to build an index for: other themes have a search page of their own."""
    if setting == "auto":
        return "pagefind" if is_own_theme and has_pagefind() else "sphinx"
    return setting


def write_search(
    content: SiteContent,
    pages: Iterable[tuple[str, str, str, Path]],
    outdir: Path,
    engine: Search,
    *,
    has_changed: bool,
) -> None:
    """Write what the search page loads, besides Sphinx's index.

    :param pages: name, title, URL and file of each page
    :param outdir: the directory of the site
    :param has_changed: whether a page has changed since the last build
    """
    rows = sorted(pages)
    titles = {name: title for name, title, _url, _file in rows}
    urls = {name: url for name, _title, url, _file in rows}
    write_if_changed(outdir / PAGES_FILE, search_pages(content, titles, urls))
    if engine != PAGEFIND:
        shutil.rmtree(outdir / PAGEFIND, ignore_errors=True)
    elif has_changed or not outdir.joinpath(PAGEFIND).is_dir():

        def read_pages() -> Iterator[tuple[str, str]]:
            for name, _title, url, file in rows:
                html = file.read_text("utf-8")
                yield url, prepare_for_pagefind(html, url, content.any_entry(name))

        write_pagefind_index(outdir, read_pages)


# Titles and numbers ----------------------------------------------------------------------------


def search_pages(content: SiteContent, titles: Mapping[str, str], urls: Mapping[str, str]) -> bytes:
    """Return a script with the titles, numbers and statuses of pages.

    :param titles: the titles of pages by name
    :param urls: the URLs of the same pages
    """
    names = sorted(titles, key=lambda name: (name not in content.proposals, name))
    pages = [
        {"url": urls[name], "title": titles[name], **_facets(content, content.any_entry(name))}
        for name in names
    ]
    texts = [*titles.values(), *(entry.abstract or "" for entry in content.catalog.proposals)]
    frequency = Counter(word for text in texts for word in set(_WORD.findall(text.lower())))
    # A word in one abstract alone may itself be misspelled.
    in_titles = set(_WORD.findall(" ".join(titles.values()).lower()))
    known = [word for word, count in frequency.items() if count > 1 or word in in_titles]
    words = sorted(known, key=lambda word: (-frequency[word], word))
    data = {"acronym": content.process.acronym, "pages": pages, "words": words}
    return f"FepSearch.setPages({json.dumps(data, separators=(',', ':'))});\n".encode("ascii")


def _facets(content: SiteContent, entry: ProposalEntry | None) -> dict[str, object]:
    if entry is None:
        return {"number": "", "status": "", "type": "", "topics": []}
    status = content.process.status(entry.status or "")
    return {
        "number": entry.numeral,
        "status": entry.status or "",
        "stage": status.stage if status else "unknown",
        "type": entry.type or "",
        "topics": entry.topics,
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


def has_pagefind() -> bool:
    """Return whether pagefind and its program are installed."""
    return all(find_spec(name) is not None for name in ("pagefind", "pagefind_bin"))


def require_pagefind() -> None:
    """Check that pagefind is installed.

    :raises RepositoryError: If it is not.
    """
    if not has_pagefind():
        raise RepositoryError("pagefind is not installed; pip install 'fep-tools[search]'")


def prepare_for_pagefind(html: str, url: str, entry: ProposalEntry | None) -> str:
    """Return a page with what pagefind must know: what readers can filter by, and what counts.

    The published page stays as it is.
    """
    marks = "".join(
        f'<meta data-pagefind-filter="{name}[content]" content="{escape(value)}">'
        for name, value in _filter_values(url, entry)
    )
    # The words of an abstract count more.
    html = html.replace('<section id="abstract"', '<section data-pagefind-weight="4" id="abstract"')
    return re.sub(r"<main\b[^>]*>", lambda match: match[0] + marks, html, count=1)


def _filter_values(url: str, entry: ProposalEntry | None) -> Iterator[tuple[str, str]]:
    yield "page", url
    yield "kind", "page" if entry is None else "proposal"
    if entry is not None:
        values = [("status", entry.status), ("type", entry.type)]
        yield from ((name, value) for name, value in values if value)
        yield from (("topic", topic) for topic in entry.topics)


def write_pagefind_index(site: Path, read_pages: Callable[[], Iterable[tuple[str, str]]]) -> None:
    """Index pages in the directory of a site.

    On a busy machine, files may be cut off when the process that writes them is stopped. Such an
    index is made again.

    :param read_pages: Reads URL and HTML of one page after the other, so that they are not all in
        memory.
    :raises RepositoryError: If files are still empty after several attempts.
    """
    for _attempt in range(PAGEFIND_ATTEMPTS):
        # Pagefind adds files named by their content and never removes any.
        shutil.rmtree(site / PAGEFIND, ignore_errors=True)
        # In a thread of its own, since the caller may have an event loop, as notebooks do.
        with ThreadPoolExecutor(1) as thread:
            thread.submit(lambda: asyncio.run(_write_index(site / PAGEFIND, read_pages()))).result()
        if _is_whole(site / PAGEFIND):
            return
    raise RepositoryError("pagefind has not written all of its files; build the site again")


def _is_whole(index: Path) -> bool:
    files = [path for path in index.rglob("*") if path.is_file()]
    return index / "pagefind-entry.json" in files and all(map(_is_file_whole, files))


def _is_file_whole(path: Path) -> bool:
    """Return whether a file has a content and, if it is compressed, its end."""
    data = path.read_bytes()
    if not data.startswith(b"\x1f\x8b"):
        return bool(data)
    try:
        gzip.decompress(data)
    except (EOFError, OSError, zlib.error):
        return False
    return True


async def _write_index(directory: Path, pages: Iterable[tuple[str, str]]) -> None:
    from pagefind.index import IndexConfig
    from pagefind.service import PagefindService

    config = IndexConfig(root_selector="main", exclude_selectors=NOT_PROSE)
    async with PagefindService() as service:
        index = await service.create_index(config=config)
        for url, html in pages:
            await index.add_html_file(content=html, url=f"/{url}")
        await index.write_files(str(directory))
        # The answer comes before the last bytes are written, and the process is stopped at the
        # end of this block.
        sizes: list[int] = []
        for _poll in range(PAGEFIND_POLLS):
            before, sizes = sizes, [f.stat().st_size for f in directory.rglob("*") if f.is_file()]
            if sizes == before and all(sizes):
                break
            await asyncio.sleep(PAGEFIND_PAUSE)
