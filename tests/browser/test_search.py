"""Both searches, and the 404 page, which searches too."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from io import StringIO
from pathlib import Path

import pytest
from playwright.sync_api import expect, Page

from fep_tools.site.build import build, BuildOptions

from .conftest import ROOT, served

pytestmark = pytest.mark.browser

FOUND = "#search-results li > a"


@pytest.fixture(scope="module")
def other_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The site with pagefind's search, below the top of its host."""
    pytest.importorskip("pagefind", reason="the extra 'search' is not installed")
    directory = tmp_path_factory.mktemp("pagefind")
    request = BuildOptions(
        root=ROOT, output=directory / "feps", search="pagefind", base="https://example.org/feps/"
    )
    # The browser's own loop runs in this thread, and pagefind wants one, too.
    with ThreadPoolExecutor(1) as executor:
        executor.submit(build, request, StringIO(), lambda _doing: None).result()
    Path(directory, "404.html").write_bytes(Path(directory, "feps", "404.html").read_bytes())
    for url in served(directory):
        yield f"{url}feps/"


@pytest.fixture
def site(request: pytest.FixtureRequest) -> str:
    """The site that a test opens, and the only one that its pages may ask."""
    name = "other_site" if "pagefind" in request.node.name else "plain_site"
    url: str = request.getfixturevalue(name)
    return url


@pytest.fixture(scope="module")
def plain_site(site_folder: Path) -> Iterator[str]:
    yield from served(site_folder)


def test_the_search_of_every_page(page: Page, site: str) -> None:
    page.goto(f"{site}fep-0011/")
    page.get_by_role("searchbox").fill("nested blueprints")
    page.keyboard.press("Enter")
    page.locator(FOUND, has_text="Nested blueprints").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("FEP")


def test_404_page_searches_for_the_words_of_the_url(page: Page, site: str) -> None:
    answer = page.goto(f"{site}old/place/nested-blueprints.html")
    assert answer is not None
    assert answer.status == 404
    page.locator(FOUND, has_text="Nested blueprints").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("FEP")


def test_404_page_without_words_in_the_url(page: Page, site: str) -> None:
    page.goto(f"{site}%ff%00/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Page not found")
    page.get_by_role("link", name="index").click()
    assert page.url == site


def test_pagefind_filters_by_status(page: Page, site: str) -> None:
    page.goto(f"{site}search.html?q=blueprint")
    everything = page.locator(FOUND)
    expect(everything.first).to_be_visible()
    before = everything.count()
    page.get_by_label("Status").select_option("Superseded")
    expect(page).to_have_url(f"{site}search.html?q=blueprint&status=Superseded")
    expect(page.locator(FOUND)).not_to_have_count(before)
    expect(page.locator(FOUND).first).to_be_visible()
    page.go_back()
    expect(page.locator(FOUND)).to_have_count(before)


def test_pagefind_finds_no_lists(page: Page, site: str) -> None:
    page.goto(f"{site}search.html?q=Armin+Ronacher")
    expect(page.locator(FOUND).first).to_be_visible()
    links = [link.get_attribute("href") or "" for link in page.locator(FOUND).all()]
    assert not [link for link in links if "/author/" in link]


def test_pagefind_on_the_404_page(page: Page, site: str) -> None:
    page.goto(f"{site}old/place/nested-blueprints.html")
    expect(page.locator(FOUND).first).to_contain_text("blueprints", ignore_case=True)
    page.locator(FOUND).first.click()
    assert page.url.startswith(f"{site}fep-")
