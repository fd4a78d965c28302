"""Every kind of page, for everybody: what axe finds, and whether it fits a phone."""

from __future__ import annotations

from itertools import pairwise
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

pytestmark = pytest.mark.browser

KINDS = {
    "index": "",
    "list": "status/draft/?sort=-title",
    "lists": "author/",
    "lost": "a/place/with/nothing",
    "draft": "fep-0001/",
    "retroactive": "fep-0011/",
    "rejected": "fep-0025/",
    "handbook": "docs/authors/",
    "matrix": "framework/",
    "framework": "framework/sanic/",
    "process": "docs/process/",
    "rules": "docs/rules/",
    "figures": "docs/figures/",
    "timelines": "docs/timelines/",
    "search": "search.html?q=blueprint",
    "questions": "list/open-questions/",
    "extensions": "extensions/",
    "upgrade": "upgrade/2.2..3.1/",
}
"""A page of each kind, by its path in the site."""

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDTHS = (1280, 390)
Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("kind", KINDS)
def test_no_accessibility_violations(
    page: Page, site: str, kind: str, width: int, scheme: Scheme
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.goto(f"{site}{KINDS[kind]}", wait_until="networkidle")
    assert violations(page) == []


def violations(page: Page) -> list[str]:
    """Return what axe finds on a page: its rules, and the elements that break them."""
    results = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}})
    return [
        f"{broken['id']}: {node['html']}"
        for broken in results.response["violations"]
        for node in broken["nodes"]
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_no_page_scrolls_sideways(page: Page, site: str, kind: str) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(f"{site}{KINDS[kind]}", wait_until="networkidle")
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= 320


LEVELS = """() => [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")]
    .filter(heading => heading.getClientRects().length)
    .map(heading => Number(heading.tagName[1]))"""


@pytest.mark.parametrize("kind", KINDS)
def test_headings_have_no_gaps(page: Page, site: str, kind: str) -> None:
    page.goto(f"{site}{KINDS[kind]}", wait_until="networkidle")
    levels = page.evaluate(LEVELS)
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(level <= above + 1 for above, level in pairwise(levels))


FOCUSED = """() => {
    const box = document.activeElement.getBoundingClientRect();
    const style = getComputedStyle(document.activeElement);
    return {
        order: [...document.querySelectorAll("*")].indexOf(document.activeElement),
        text: document.activeElement.innerText,
        shown: box.width > 0 && box.bottom > 0 && box.top < innerHeight,
        outline: style.outlineStyle !== "none",
    };
}"""


@pytest.mark.parametrize("kind", ["index", "retroactive", "matrix", "search"])
def test_the_focus_follows_the_page_and_is_seen(page: Page, site: str, kind: str) -> None:
    page.goto(f"{site}{KINDS[kind]}", wait_until="networkidle")
    page.evaluate("document.activeElement.blur()")
    seen = []
    for _step in range(25):
        page.keyboard.press("Tab")
        seen.append(page.evaluate(FOCUSED))
    assert seen[0]["text"] == "Skip to content"
    assert [step for step in seen if not (step["shown"] and step["outline"])] == []
    orders = [step["order"] for step in seen]
    assert orders == sorted(orders)
