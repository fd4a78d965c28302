"""Where things are on the first screen, and on narrow ones."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect, Page

pytestmark = pytest.mark.browser

FIRST_SCREEN = {1280: 420, 390: 700}
"""The pixels above the text, by the width of the window."""


def top(page: Page, selector: str) -> float:
    """Return the distance from the top of the page, in pixels."""
    box = page.locator(selector).first.bounding_box()
    assert box is not None
    return box["y"]


@pytest.mark.parametrize("width", FIRST_SCREEN)
@pytest.mark.parametrize(
    ("path", "selector"),
    [
        ("fep-0011/", "#abstract"),
        ("fep-0010/", "#abstract"),
        ("", "table.fep-index tbody tr:not(.fep-group)"),
    ],
)
def test_the_text_begins_on_the_first_screen(
    page: Page, site: str, path: str, selector: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{site}{path}")
    assert top(page, selector) < FIRST_SCREEN[width]


def test_headers_are_in_the_margin_or_folded(page: Page, site: str) -> None:
    page.goto(f"{site}fep-0011/")
    text = page.locator("#abstract > p").bounding_box()
    facts = page.locator("dl.fep-header").bounding_box()
    assert text
    assert facts
    assert facts["x"] > text["x"] + text["width"]
    page.set_viewport_size({"width": 390, "height": 900})
    expect(page.locator("dl.fep-header")).to_be_hidden()
    page.get_by_text("Details", exact=True).click()
    expect(page.locator("dl.fep-header")).to_be_visible()


def test_columns_of_the_comparison_have_one_width(page: Page, site: str) -> None:
    page.goto(f"{site}framework/")
    heads = page.locator(".fep-matrix thead th").all()
    widths = {round(box["width"]) for head in heads[1:] if (box := head.bounding_box())}
    assert max(widths) - min(widths) <= 1
    links = page.locator(".fep-matrix tbody td:not(:empty) a")
    assert links.count() == page.locator(".fep-matrix tbody td:not(:empty)").count()


def test_tables_of_one_framework_have_the_same_columns(page: Page, site: str) -> None:
    page.goto(f"{site}framework/sanic/")
    rows = page.locator(".fep-noted-by thead tr").all()
    edges = {
        tuple(round(head.bounding_box()["x"]) for head in row.locator("th").all())  # type: ignore[index]
        for row in rows
    }
    assert len(rows) > 1
    assert len(edges) == 1


def test_the_comparison_names_frameworks_on_a_phone(page: Page, site: str) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"{site}framework/")
    names = page.locator(".fep-matrix tbody tr").nth(1).locator("td:visible").all_inner_texts()
    assert [name.split()[0] for name in names] == ["Flask", "Sanic", "FastAPI", "Hug"]


@pytest.mark.parametrize("width", [320, 390, 420, 700, 1280])
def test_the_search_and_the_switch_of_colours_share_a_line(
    page: Page, site: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(site)
    search = page.locator(".site-search").bounding_box()
    switch = page.locator(".site-theme").bounding_box()
    assert search
    assert switch
    assert search["y"] - 1 <= switch["y"] < search["y"] + search["height"]
