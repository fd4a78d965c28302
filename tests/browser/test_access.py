"""Every kind of page, for everybody: what axe finds, and whether it fits a phone."""

from __future__ import annotations

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
    "proposal": "fep-0011/",
    "handbook": "docs/authors/",
    "matrix": "framework/",
    "framework": "framework/sanic/",
    "process": "docs/process/",
    "rules": "docs/rules/",
    "figures": "docs/figures/",
    "timelines": "docs/timelines/",
    "search": "search.html?q=blueprint",
}
"""A page of each kind, by its path in the site."""

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDTHS = (1280, 320)
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
    results = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}})
    violations = [
        f"{broken['id']}: {node['html']}"
        for broken in results.response["violations"]
        for node in broken["nodes"]
    ]
    assert violations == []


@pytest.mark.parametrize("kind", KINDS)
def test_no_page_scrolls_sideways(page: Page, site: str, kind: str) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(f"{site}{KINDS[kind]}", wait_until="networkidle")
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= 320
