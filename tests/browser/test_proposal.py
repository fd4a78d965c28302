"""A proposal's page in a browser: its pictures, its links to itself, and on paper."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect, Page

pytestmark = pytest.mark.browser

PAPER = 680
"""The pixels of a sheet of A4 without its margins, about."""


def test_print_has_no_controls(page: Page, site: str) -> None:
    page.goto(f"{site}fep-0011/")
    hidden = [".fep-neighbours", ".fep-citing-this-proposal", ".contents", ".site-search"]
    for part in hidden:
        expect(page.locator(part).first).to_be_visible()
    page.emulate_media(media="print")
    for part in hidden:
        expect(page.locator(part).first).to_be_hidden()
    expect(page.locator("#abstract")).to_be_visible()
    expect(page.locator("svg.fep-timeline")).to_be_visible()


def test_print_cuts_nothing_off(page: Page, site: str) -> None:
    page.set_viewport_size({"width": PAPER, "height": 900})
    page.emulate_media(media="print")
    page.goto(f"{site}fep-0011/")
    assert page.evaluate("document.documentElement.scrollWidth") <= PAPER
    for part in page.locator("main svg, main pre, main table").all():
        box = part.bounding_box()
        assert box is None or box["x"] + box["width"] <= PAPER + 1


def test_print_shows_urls_of_links(page: Page, site: str) -> None:
    page.emulate_media(media="print")
    page.goto(f"{site}fep-0011/")
    shown = page.evaluate(
        "getComputedStyle(document.querySelector('main a[href^=http]'), '::after').content"
    )
    assert "https://" in shown


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stays_in_its_box(page: Page, site: str, scheme: str) -> None:
    """As this browser draws it, and not as we reckon it."""
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    for path in ("fep-0011/", "docs/figures/"):
        page.goto(f"{site}{path}")
        over = page.evaluate(
            """() => [...document.querySelectorAll('.fep-relations a, .fep-relations g > g')]
                .flatMap(box => [...box.querySelectorAll('text')].filter(text => {
                    const inner = text.getBoundingClientRect()
                    const outer = box.querySelector('rect').getBoundingClientRect()
                    return inner.left < outer.left || inner.right > outer.right
                }).map(text => text.textContent))"""
        )
        assert over == []


@pytest.mark.parametrize("path", ["docs/figures/", "docs/timelines/", "fep-0011/"])
def test_charts_fit_a_phone_or_scroll_with_the_keyboard(page: Page, site: str, path: str) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(f"{site}{path}")
    unreachable = page.evaluate(
        """() => [...document.querySelectorAll('svg')].map(svg => svg.parentElement)
            .filter(box => box.scrollWidth > box.clientWidth + 1 && box.tabIndex < 0)
            .map(box => box.outerHTML.slice(0, 100))"""
    )
    assert unreachable == []


def test_anchors_of_sections_work(page: Page, site: str) -> None:
    page.goto(f"{site}fep-0011/#backwards-compatibility")
    expect(page.locator("#backwards-compatibility")).to_be_in_viewport()
