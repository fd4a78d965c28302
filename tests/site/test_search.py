"""What helps to find pages: the other search, and the page for what is not there."""

from __future__ import annotations

from html import unescape

import pytest

from fep_tools.catalog.model import CatalogEntry
from fep_tools.errors import RepositoryError
from fep_tools.site import search

from .sites import Maker, proposal


def test_the_lost_page_is_served_at_any_address(make_site: Maker) -> None:
    """Its links begin at the top of the host, or where the address of the site is."""
    site = make_site({7: proposal(7)})
    site.build()
    page = site.output.joinpath("404.html").read_text("utf-8")
    assert 'data-content_root="/"' in page
    assert 'href="/_static/fep.css"' in page
    assert 'action="/search.html"' in page
    site.build(base="https://example.org/feps/")
    page = site.output.joinpath("404.html").read_text("utf-8")
    assert 'href="/feps/_static/fep.css"' in page
    assert 'rel="canonical"' not in page


def test_a_search_that_is_not_installed(make_site: Maker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "find_spec", lambda _name: None)
    with pytest.raises(RepositoryError, match="pip install 'fep-tools"):
        make_site({7: proposal(7)}).build(search="pagefind")


def test_the_other_search_is_made_once_and_taken_away(make_site: Maker) -> None:
    pytest.importorskip("pagefind")
    site = make_site({7: proposal(7, Topic="Core")})
    site.build(search="pagefind")
    made = site.output / "pagefind" / "pagefind-entry.json"
    before = made.stat().st_mtime_ns
    assert '<meta data-pagefind-filter="topic[content]" content="Core">' in site.html("fep-0007")
    site.build(search="pagefind")
    assert made.stat().st_mtime_ns == before
    site.build()
    assert not made.parent.exists()
    assert "pagefind" not in site.html("fep-0007")


def test_what_is_chosen_by_is_text() -> None:
    entry = CatalogEntry(number=7, title="", path="", status='"><script>', topics=("A & B",))
    marks = search.pagefind_filters(entry)
    assert "<script>" not in marks
    assert 'content=""><script>"' in unescape(marks)
    assert 'content="A &amp; B"' in marks
