"""Paper: the text and nothing else."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.browser

KINDS = {
    "index": "",
    "proposal": "fep-0011/",
    "matrix": "framework/",
    "statistics": "docs/figures/",
    "handbook": "docs/authors/",
}
HIDDEN = ("header.site", "footer.site", "nav", "form", "select", ".headerlink", ".trail", ".skip")


@pytest.mark.parametrize("kind", KINDS)
def test_only_the_text_is_printed(page: Page, site: str, kind: str) -> None:
    page.goto(f"{site}{KINDS[kind]}", wait_until="networkidle")
    page.emulate_media(media="print", color_scheme="dark")
    for selector in HIDDEN:
        shown = [e for e in page.locator(selector).all() if e.is_visible()]
        assert not shown, selector
    assert page.locator("h1").is_visible()
    scheme = page.evaluate("getComputedStyle(document.documentElement).colorScheme")
    assert scheme == "light"
    assert all(not b.is_visible() for b in page.locator("main button:not(th > button)").all())
