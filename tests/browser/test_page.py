"""What scripts add to a page: the switch of colours, the current section, copies of code."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect, Page

pytestmark = pytest.mark.browser

GROUND = "getComputedStyle(document.body).backgroundColor"
LIGHT, DARK = "rgb(255, 255, 255)", "rgb(18, 24, 27)"
CODE = "getComputedStyle(document.querySelector('.highlight .k, .highlight .kn')).color"


def test_the_switch_changes_colours_and_is_remembered(page: Page, site: str) -> None:
    page.emulate_media(color_scheme="light")
    page.goto(f"{site}fep-0011/")
    button = page.get_by_role("button", name="Colours")
    light = page.evaluate(CODE)
    expect(button).to_have_accessible_name("Colours: as the system")
    button.click()
    button.click()
    expect(button).to_have_accessible_name("Colours: dark")
    assert page.evaluate(GROUND) == DARK
    assert page.evaluate(CODE) != light
    page.goto(f"{site}docs/authors/")
    assert page.evaluate(GROUND) == DARK
    page.get_by_role("button", name="Colours").click()
    assert page.evaluate(GROUND) == LIGHT
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(GROUND) == DARK


def test_the_chosen_colours_are_there_before_the_page_is_drawn(page: Page, site: str) -> None:
    """The script is neither deferred nor a module, and stands in the head."""
    page.goto(site)
    script = page.locator("head script[src*='fep-theme.js']")
    assert script.evaluate("script => [script.defer, script.async, script.type]") == [
        False,
        False,
        "",
    ]


def test_the_contents_mark_the_section_on_the_screen(page: Page, site: str) -> None:
    page.goto(f"{site}fep-0011/")
    current = page.locator(".contents [aria-current]")
    page.locator("#rationale").evaluate("section => section.scrollIntoView()")
    expect(current).to_have_text("Rationale")
    page.locator("#rejected-ideas").evaluate("section => section.scrollIntoView()")
    expect(current).to_have_text("Rejected Ideas")


def test_the_handbook_marks_the_current_page_and_part(page: Page, site: str) -> None:
    page.goto(f"{site}docs/neovim/")
    parts = page.get_by_role("navigation", name="Handbook")
    expect(parts.locator("[aria-current=page]")).to_have_text("Neovim")
    expect(parts.locator("details[open] > summary")).to_have_text("Authors")
    trail = page.get_by_role("navigation", name="Breadcrumb")
    assert trail.locator("li").all_inner_texts() == ["Index", "Authors", "Neovim"]


def test_code_is_copied_without_prompts(page: Page, site: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{site}docs/authors/")
    page.locator(".highlight", has_text="make html").first.hover()
    button = page.locator(".highlight", has_text="make html").first.get_by_role("button")
    button.click()
    expect(button).to_have_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "make html\n" in copied
    assert "$" not in copied


def test_a_page_without_scripts_has_no_dead_buttons(browser: Browser, site: str) -> None:
    plain = browser.new_context(java_script_enabled=False)
    page = plain.new_page()
    page.goto(f"{site}docs/authors/")
    assert page.locator("button:visible").count() == 0
    expect(
        page.get_by_role("navigation", name="On this page").get_by_text("Set up")
    ).to_be_visible()
    plain.close()
