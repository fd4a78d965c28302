"""Search with pagefind, and the 404 page."""

from __future__ import annotations

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
    assert '<meta data-pagefind-filter="topic[content]" content="Core">' in site.html("fep-0007")
    site.build(search="pagefind")
    assert entry_file.stat().st_mtime_ns == before
    site.build()
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
        with pytest.raises(RepositoryError, match="empty files"):
            search.write_pagefind_index(tmp_path, [])
        return
    search.write_pagefind_index(tmp_path, [])
    assert len(attempts) == failures + 1
    assert (tmp_path / "pagefind" / "pagefind-entry.json").read_text("utf-8") == "{}"


def test_pagefind_filters_are_escaped() -> None:
    entry = CatalogEntry(number=7, title="", path="", status='"><script>', topics=("A & B",))
    marks = search.pagefind_filters(entry)
    assert "<script>" not in marks
    assert 'content=""><script>"' in unescape(marks)
    assert 'content="A &amp; B"' in marks
