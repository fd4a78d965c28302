"""Both searches, and the 404 page, which searches too."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.parse import quote_plus

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect, Page

from fep_tools.site.build import build
from fep_tools.site.options import BuildOptions
from fep_tools.site.search import Search

from .conftest import ROOT, served
from .test_access import RULES

pytestmark = pytest.mark.browser

FOUND = "#search-results li > a"


FIRST = {
    # numbers
    "17": "fep-0017/",
    "FEP 17": "fep-0017/",
    "fep-0017": "fep-0017/",
    "FEP 17: Async views": "fep-0017/",
    # titles
    "Nested blueprints": "fep-0016/",
    "json provider": "fep-0018/",
    "one context instead of two": "fep-0028/",
    "partitioned cookies": "fep-0021/",
    "type hints in flask": "fep-0034/",
    "dropping python 2": "fep-0015/",
    # topics
    "fallback keys": "fep-0041/",
    "import hook": "fep-0012/",
    "coroutines": "fep-0017/",
    "markupsafe escape": "fep-0035/",
    "rotate secret keys": "fep-0032/",
    "language server neovim": "docs/neovim/",
    # typos
    "asycn views": "fep-0017/",
    "nestde blueprnts": "fep-0016/",
    "partitoned sesion cookies": "fep-0021/",
    "depreciation policy": "fep-0038/",
}
"""What is looked for in this repository, and the page that is wanted."""

FIRST_OF_PEPS = {
    # numbers
    "484": "pep-0484/",
    "PEP 484": "pep-0484/",
    "pep-0008": "pep-0008/",
    "pep8": "pep-0008/",
    # titles
    "Type hints": "pep-0484/",
    "style guide for python code": "pep-0008/",
    "zen of python": "pep-0020/",
    "assignment expressions": "pep-0572/",
    "literal string interpolation": "pep-0498/",
    "structural pattern matching tutorial": "pep-0636/",
    "data classes": "pep-0557/",
    # topics
    "zstandard": "pep-0784/",
    "dead batteries": "pep-0594/",
    "exception groups": "pep-0654/",
    "global interpreter lock optional": "pep-0703/",
    "theory of type hints": "pep-0483/",
    # typos
    "asynchronus generators": "pep-0525/",
    "protocls structural subtyping": "pep-0544/",
    "assigment expresions": "pep-0572/",
    "virtaul enviroments": "pep-0405/",
}
"""What is looked for in the PEPs."""


def site_with(engine: Search, directory: Path, **options: Any) -> Iterator[str]:
    """Build a site below the top of its host, and yield its URL."""
    if engine == "pagefind":
        pytest.importorskip("pagefind", reason="the extra 'search' is not installed")
    base = "https://example.org/feps/"
    request = BuildOptions(output=directory / "feps", search=engine, base=base, **options)
    build(request, StringIO(), lambda _doing: None)
    Path(directory, "404.html").write_bytes(Path(directory, "feps", "404.html").read_bytes())
    for url in served(directory):
        yield f"{url}feps/"


@pytest.fixture(scope="module")
def other_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The site with pagefind's search, below the top of its host."""
    yield from site_with("pagefind", tmp_path_factory.mktemp("pagefind"), root=ROOT)


@pytest.fixture(scope="module", params=["sphinx", "pagefind"])
def pep_site(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, corpora: Path
) -> Iterator[str]:
    """The site of the PEPs."""
    directory = tmp_path_factory.mktemp("peps")
    options = {"root": corpora / "peps", "process": "pep", "jobs": os.cpu_count() or 1}
    yield from site_with(request.param, directory, **options)


@pytest.fixture
def site(request: pytest.FixtureRequest) -> str:
    """The site that a test opens, and the only one that its pages may ask."""
    name = "other_site" if "pagefind" in request.node.name else "plain_site"
    url: str = request.getfixturevalue(name)
    return url


@pytest.fixture(scope="module")
def plain_site(site_folder: Path) -> Iterator[str]:
    yield from served(site_folder)


def first_result(page: Page, site: str, query: str) -> str:
    """Return the path of the first result for a query."""
    page.goto(f"{site}search.html?q={quote_plus(query)}")
    expect(page.locator("#search-progress")).to_contain_text("result", timeout=20_000)
    expect(page.locator(FOUND).first).to_be_visible(timeout=20_000)
    return (page.locator(FOUND).first.get_attribute("href") or "").removeprefix(site)


@pytest.mark.parametrize("engine", ["sphinx", "pagefind"])
def test_twenty_searches(page: Page, site: str, engine: str) -> None:
    found = {query: first_result(page, site, query) for query in FIRST}
    assert found == FIRST


@pytest.mark.corpora
def test_twenty_searches_of_the_peps(browser: Browser, pep_site: str) -> None:
    page = browser.new_page()  # a window of this repository's site allows no other one
    found = {query: first_result(page, pep_site, query) for query in FIRST_OF_PEPS}
    page.close()
    assert found == FIRST_OF_PEPS


def test_pagefind_without_its_index_finds_titles(page: Page, site: str) -> None:
    """As after a build that could not make the index, and as on a page opened as a file."""
    page.route("**/pagefind/**", lambda route: route.fulfill(status=404))
    assert first_result(page, site, "nestde blueprnts") == "fep-0016/"
    notice = page.get_by_text(
        "Only titles and numbers are searched: the index of texts is missing."
    )
    expect(notice).to_be_visible()


@pytest.mark.parametrize("engine", ["sphinx", "pagefind"])
def test_excerpts_are_prose(page: Page, site: str, engine: str) -> None:
    """No headers, no banners, no citations."""
    for query in ("FEP 17", "armin ronacher", "blueprint"):
        page.goto(f"{site}search.html?q={quote_plus(query)}")
        expect(page.locator("#search-progress")).to_contain_text("esult")
        page.wait_for_load_state("networkidle")
        text = " ".join(page.locator("#search-results .context").all_inner_texts())
        assert not re.search(r"Status-History|Resolution:|@misc|howpublished|Created:|Notice", text)


@pytest.mark.parametrize("engine", ["sphinx", "pagefind"])
def test_results_show_the_status(page: Page, site: str, engine: str) -> None:
    first_result(page, site, "unregistering blueprints")
    expect(page.locator("#search-results li").first).to_contain_text("Rejected")


@pytest.mark.parametrize("engine", ["sphinx", "pagefind"])
def test_filters_count_what_they_would_leave(page: Page, site: str, engine: str) -> None:
    first_result(page, site, "blueprint")
    option = page.locator("#search-status option", has_text="Superseded")
    count = re.findall(r"[0-9]+", option.inner_text())[0]
    page.get_by_label("Status").select_option("Superseded")
    expect(page).to_have_url(f"{site}search.html?q=blueprint&status=Superseded")
    expect(page.locator("#search-results h2").first).to_have_text(f"Proposals ({count})")
    expect(page.locator("#search-results li .fep-status")).to_have_text(["Superseded"] * int(count))


@pytest.mark.parametrize("engine", ["sphinx", "pagefind"])
def test_a_corrected_query_is_announced(page: Page, site: str, engine: str) -> None:
    first_result(page, site, "asycn views")
    hint = page.get_by_text("Results for “async views” instead of “asycn views”.")
    expect(hint).to_have_attribute("role", "status")
    page.goto(f"{site}search.html?q=xqzzkv+$`+$%26")
    expect(page.locator("#search-progress")).to_have_text("No results for “xqzzkv $` $&”.")


def test_the_keyboard(page: Page, site: str) -> None:
    """A slash moves to the box, arrows choose, Enter opens, and Escape closes."""
    page.goto(f"{site}fep-0011/")
    page.keyboard.press("/")
    box = page.get_by_role("combobox", name="Search")
    expect(box).to_be_focused()
    page.keyboard.type("blueprints")
    options = page.get_by_role("option")
    expect(options.first).to_contain_text("FEP 11: Blueprints Final")
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(page.locator(".site-search [role=status]")).to_have_text(re.compile(r"^[3-8] sugg"))
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", "fep.site-search-1")
    page.keyboard.press("Escape")
    expect(options).to_have_count(0)
    expect(box).to_have_attribute("aria-expanded", "false")
    box.fill("nestde bluprints")
    expect(options).to_have_count(1)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{site}fep-0016/")


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("engine", ["sphinx", "pagefind"])
def test_suggestions_and_results_are_accessible(
    page: Page, site: str, engine: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    first_result(page, site, "asycn views")
    page.get_by_role("combobox", name="Search").fill("blueprints")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}})
    assert [(v["id"], v["nodes"][0]["html"]) for v in found.response["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_number_jumps(page: Page, site: str) -> None:
    page.goto(f"{site}fep-0011/")
    page.keyboard.press("/")
    page.keyboard.type("fep 17")
    expect(page.get_by_role("option")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{site}fep-0017/")


def test_arrows_move_between_results(page: Page, site: str) -> None:
    first_result(page, site, "blueprint")
    page.get_by_label("Words, or the number").focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator(FOUND).first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.locator(FOUND).nth(1)).to_be_focused()


def test_the_shortcut_can_be_turned_off(page: Page, site: str) -> None:
    """WCAG 2.1.4, Character Key Shortcuts."""
    page.goto(f"{site}search.html")
    page.get_by_label("moves to the search box").uncheck()
    page.goto(f"{site}fep-0011/")
    page.keyboard.press("/")
    expect(page.get_by_role("combobox", name="Search")).not_to_be_focused()


def test_nothing_is_loaded_before_a_search(page: Page, site: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{site}fep-0011/", wait_until="networkidle")
    assert not [url for url in asked if "searchpages" in url or "pagefind" in url]


def test_without_a_script_the_search_page_says_what_to_do(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}search.html?q=blueprint")
    assert "Search needs JavaScript. Without it, use the index" in page.inner_text("main")
    expect(page.get_by_label("moves to the search box")).to_be_hidden()
    context.close()


def test_a_site_of_files_can_be_searched(browser: Browser, tmp_path: Path) -> None:
    """As ``make html`` makes it: no server, and scripts may fetch nothing."""
    root = tmp_path / "repository"
    for name in ("fep", "proposals"):
        shutil.copytree(ROOT / name, root / name)
    options = BuildOptions(root=root, output=tmp_path / "site", local=True, search="sphinx")
    build(options, StringIO(), lambda _doing: None)
    page = browser.new_page()
    page.goto(f"{(tmp_path / 'site' / 'search.html').as_uri()}?q=fallback+keys")
    expect(page.locator(FOUND).first).to_contain_text("FEP 41")
    page.locator(FOUND).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("FEP 41")
    page.close()


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
    # Proposals come first, and then other pages.
    expect(page.locator("#search-results section:nth-of-type(2) li").first).to_be_visible()
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
