"""Search: titles and numbers of all pages, and an index of their texts.

The texts are in the index of pagefind if its extra is installed, otherwise in Sphinx's own, which
readers load as a whole. Titles, numbers, statuses and the words for "did you mean" are in a file
of ours, so that these are found in the same way with both.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, IO, Literal

from sphinx.search import js_index

from ..catalog.model import ProposalEntry
from ..process.model import Process
from .content import SiteContent
from .i18n import _, ngettext
from .page_files import write_if_changed
from .pagefind import (
    has_pagefind,
    indexing,
    NOT_PROSE,
    PAGEFIND,
    prepare_for_pagefind,
    remove_files,
    state_of,
)
from .search_index import remove_index

Search = Literal["auto", "sphinx", "pagefind"]

AUTO = "auto"
"""The value of ``fep_search`` for pagefind if it is installed, and Sphinx's search otherwise."""

PAGES_FILE, SPHINX_INDEX = "searchpages.js", "searchindex.js"
"""The files with what is found without an index, and with Sphinx's, in the directory of a site."""

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
        "titlesOnly": _("Only titles and numbers are searched: the index of texts is missing."),
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


def choose_engine(setting: Search, *, is_own_theme: bool, is_local: bool) -> Search:
    """Return the search to build an index for.

    :param is_own_theme: Whether the theme is ours; others have a search page of their own.
    :param is_local: Whether pages are opened as files, which pagefind cannot search.
    """
    if not is_own_theme:
        return "sphinx"
    if setting == "auto":
        return "pagefind" if has_pagefind() and not is_local else "sphinx"
    return setting


@contextmanager
def search_files(
    content: SiteContent,
    pages: Iterable[tuple[str, str, str, Path]],
    outdir: Path,
    engine: Search,
    *,
    scratch: Path,
    digest: str,
) -> Iterator[None]:
    """Write what the search page loads, besides Sphinx's index; pagefind works during the block.

    :param pages: Name, title, URL and file of each page.
    :param outdir: The directory of the site.
    :param scratch: A directory for pagefind, which it does not keep.
    :param digest: A digest of all pages; pagefind's index is made again if it is another one.
    """
    rows = sorted(pages)
    titles = {name: title for name, title, _url, _file in rows}
    urls = {name: url for name, _title, url, _file in rows}
    write_if_changed(outdir / PAGES_FILE, search_pages(content, titles, urls))
    index, record = outdir / PAGEFIND, scratch.with_suffix(".digest")
    if engine != PAGEFIND:
        remove_files(index, scratch)
        yield
        return
    remove_index(outdir / SPHINX_INDEX, scratch.parent)
    state = state_of(index, scratch)
    if state and record.is_file() and record.read_text("utf-8") == f"{digest} {state}":
        yield
        return
    prepared = (
        (
            file.relative_to(outdir).as_posix(),
            prepare_for_pagefind(file.read_text("utf-8"), url, content.any_entry(name)),
        )
        for name, _title, url, file in rows
    )
    keeps_names = any(url.endswith("index.html") for url in urls.values())
    with indexing(prepared, index, scratch, keeps_names=keeps_names):
        yield
    write_if_changed(record, f"{digest} {state_of(index, scratch)}".encode())


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
