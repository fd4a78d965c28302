"""Search with pagefind, and the 404 page."""

from __future__ import annotations

import json
from html import unescape
from pathlib import Path

import pytest

from fep_tools.catalog.model import CatalogEntry
from fep_tools.errors import RepositoryError
from fep_tools.site import search

from .sites import proposal, SiteMaker


def test_404_page_works_at_any_url(make_site: SiteMaker) -> None:
    """Links start at the top of the host, or at the path of the site URL."""
    site = make_site({7: proposal(7)})
    site.build()
    page = site.output.joinpath("404.html").read_text("utf-8")
    assert 'data-content_root="/"' in page
    assert 'href="/_static/base.css"' in page
    assert 'action="/search.html"' in page
    site.build(base="https://example.org/feps/")
    page = site.output.joinpath("404.html").read_text("utf-8")
    assert 'href="/feps/_static/base.css"' in page
    assert 'rel="canonical"' not in page


def test_pagefind_is_not_installed(make_site: SiteMaker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "find_spec", lambda _name: None)
    with pytest.raises(RepositoryError, match="pip install 'fep-tools"):
        make_site({7: proposal(7)}).build(search="pagefind")


def test_pagefind_index_is_written_once_and_removed(make_site: SiteMaker) -> None:
    pytest.importorskip("pagefind")
    site = make_site({7: proposal(7, Topic="Core")})
    site.build(search="pagefind")
    entry_file = site.output / "pagefind" / "pagefind-entry.json"
    before = entry_file.stat().st_mtime_ns
    site.build(search="pagefind")
    assert entry_file.stat().st_mtime_ns == before
    site.build(search="sphinx")
    assert not entry_file.parent.exists()
    assert "pagefind" not in site.html("fep-0007")


@pytest.mark.parametrize("failures", [0, 1, 2, 3])
def test_pagefind_index_is_made_again_if_files_are_empty(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failures: int
) -> None:
    """The process of pagefind may be stopped before it has written its files."""
    attempts: list[int] = []

    async def write(directory: Path, _pages: object) -> None:
        attempts.append(len(attempts))
        directory.mkdir()
        text = "" if len(attempts) <= failures else "{}"
        directory.joinpath("pagefind-entry.json").write_text(text, "utf-8")

    monkeypatch.setattr(search, "_write_index", write)
    if failures == search.PAGEFIND_ATTEMPTS:
        with pytest.raises(RepositoryError, match="not written all of its files"):
            search.write_pagefind_index(tmp_path, list)
        return
    search.write_pagefind_index(tmp_path, list)
    assert len(attempts) == failures + 1
    assert (tmp_path / "pagefind" / "pagefind-entry.json").read_text("utf-8") == "{}"


def test_pagefind_filters_are_escaped() -> None:
    entry = CatalogEntry(number=7, title="", path="", status='"><script>', topics=("A & B",))
    page = search.prepare_for_pagefind('<main id="content">', "fep-0007/", entry)
    assert page.startswith('<main id="content"><meta data-pagefind-filter="page[content]"')
    assert "<script>" not in page
    assert 'content=""><script>"' in unescape(page)
    assert 'content="A &amp; B"' in page


def test_pagefind_is_used_if_it_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "find_spec", lambda _name: True)
    assert search.choose_engine("auto", True) == "pagefind"
    assert search.choose_engine("auto", False) == "sphinx"  # which has a page of its own
    assert search.choose_engine("sphinx", True) == "sphinx"
    monkeypatch.setattr(search, "find_spec", lambda name: None if name == "pagefind_bin" else 1)
    assert search.choose_engine("auto", True) == "sphinx"


def test_titles_numbers_and_words_are_published(make_site: SiteMaker) -> None:
    """Both engines need them, and the box of every page."""
    site = make_site({7: proposal(7, "Typed <views>", Topic="Core")})
    site.build(search="sphinx")
    text = site.output.joinpath("searchpages.js").read_text("ascii")
    data = json.loads(text.removeprefix("FepSearch.setPages(").removesuffix(");\n"))
    assert data["acronym"] == "FEP"
    assert data["pages"][0] == {
        "url": "fep-0007/",
        "title": "FEP 7: Typed <views>",
        "number": "7",
        "status": "Draft",
        "stage": "open",
        "type": "Process",
        "topics": ["Core"],
    }
    assert data["words"][0] == "views"
