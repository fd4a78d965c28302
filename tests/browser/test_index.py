"""The index: what can be chosen and sorted in it, and what stays without a script."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect, Page

pytestmark = pytest.mark.browser

ROWS = "table.fep-index tbody tr:not(.fep-group)"
WORDS = "Words in this table"
SHOWN = f"{ROWS}:visible"


@pytest.fixture
def index(page: Page, site: str) -> Page:
    page.goto(site)
    return page


def cells(page: Page, column: str) -> list[str]:
    """What the rows that are shown say in a column."""
    texts = page.locator(f"{SHOWN} td.fep-col-{column}").all_text_contents()
    return [text.strip() for text in texts]


def test_words_filter_rows(index: Page) -> None:
    everything = index.locator(ROWS).count()
    index.get_by_label(WORDS).fill("NESTED blueprint")
    assert [title.casefold() for title in cells(index, "title")] == ["nested blueprints"]
    expect(index.locator(".fep-shown")).to_have_text(f"1 of {everything} proposals")
    index.get_by_label(WORDS).fill("no such words")
    expect(index.locator(".fep-shown")).to_have_text("No proposals match “no such words”.")
    assert not index.locator(SHOWN).count()


def test_an_empty_result_says_why_and_how_to_get_out(index: Page) -> None:
    """The words may be in the texts, and "Clear" shows all rows again."""
    index.get_by_role("combobox", name="Status").select_option("Rejected")
    index.get_by_label(WORDS).fill("no $& words")
    expect(index.locator(".fep-shown")).to_have_text("No proposals match “no $& words”, Rejected.")
    link = index.get_by_role("link", name="Search all texts for “no $& words”")
    expect(link).to_have_attribute("href", "./search.html?q=no%20%24%26%20words")
    index.get_by_role("button", name="Clear").click()
    assert index.locator(SHOWN).count() == index.locator(ROWS).count()


def test_a_facet_filters_rows_and_hides_empty_groups(index: Page) -> None:
    index.get_by_role("combobox", name="Status").select_option("Final")
    assert set(cells(index, "status")) == {"Final"}
    assert index.locator("tr.fep-group:visible strong").all_text_contents() == ["Final"]


def test_counts_of_facets_follow_the_other_choices(index: Page) -> None:
    """Each option says how many rows it would show; one that would show none is disabled."""
    index.get_by_role("combobox", name="Status").select_option("Final")
    options = index.get_by_role("combobox", name="Topic").locator("option:not([value=''])").all()
    assert any(option.is_disabled() for option in options)
    for option in options:
        value = option.get_attribute("value") or ""
        shown = [text for text in cells(index, "topic") if value in text.split(", ")]
        assert option.text_content() == f"{value} ({len(shown)})"
        assert option.is_disabled() == (not shown)


def test_columns_are_chosen_and_shared(index: Page, browser: Browser) -> None:
    index.get_by_text("Columns").click()
    index.get_by_label("Upstream authors").uncheck()
    expect(index.locator("th.fep-col-upstream")).to_be_hidden()
    expect(index.locator("th.fep-col-title")).to_be_visible()
    other = browser.new_page(viewport={"width": 900, "height": 800})
    other.goto(index.url)
    expect(other.locator("th.fep-col-upstream")).to_be_hidden()
    expect(other.locator("th.fep-col-created")).to_be_visible()
    other.close()


def test_one_of_several_topics_matches(index: Page) -> None:
    index.get_by_role("combobox", name="Topic").select_option("Core")
    assert all("Core" in text.split(", ") for text in cells(index, "topic"))


def test_the_year_is_that_of_creation(index: Page) -> None:
    index.get_by_role("combobox", name="Year").select_option("2010")
    assert {day[:4] for day in cells(index, "created")} == {"2010"}


def test_a_column_sorts_ascending_descending_and_not_at_all(page: Page, site: str) -> None:
    page.goto(f"{site}number/")
    before = cells(page, "title")
    head = page.locator("th.fep-col-created")
    for way in ("ascending", "descending"):
        head.get_by_role("button").click()
        expect(head).to_have_attribute("aria-sort", way)
        assert cells(page, "created") == sorted(cells(page, "created"), reverse=way == "descending")
    head.get_by_role("button").click()
    expect(head).not_to_have_attribute("aria-sort", "descending")
    assert cells(page, "title") == before


def test_numbers_are_sorted_as_numbers(page: Page, site: str) -> None:
    page.goto(f"{site}number/?sort=-number")
    numbers = [int(text) for text in cells(page, "number")]
    assert numbers == sorted(numbers, reverse=True)


def test_filters_are_in_the_url(index: Page, browser: Browser) -> None:
    index.get_by_role("combobox", name="Status").select_option("Final")
    index.get_by_label(WORDS).fill("blueprint")
    index.locator("th.fep-col-title").get_by_role("button").click()
    assert index.url.endswith("/?q=blueprint&status=Final&sort=title")
    other = browser.new_page()
    other.goto(index.url)
    assert cells(other, "title") == cells(index, "title")
    assert other.get_by_label(WORDS).input_value() == "blueprint"
    other.close()


def test_back_undoes_a_filter(index: Page) -> None:
    everything = cells(index, "title")
    index.get_by_role("combobox", name="Status").select_option("Final")
    index.get_by_label(WORDS).press_sequentially("blue")
    index.go_back()
    assert set(cells(index, "status")) == {"Final"}
    assert index.get_by_label(WORDS).input_value() == ""
    index.go_back()
    assert cells(index, "title") == everything
    index.go_forward()
    expect(index.get_by_role("combobox", name="Status")).to_have_value("Final")


def test_clear_removes_all_filters(page: Page, site: str) -> None:
    page.goto(f"{site}?q=blueprint&status=Final&sort=title")
    page.get_by_role("button", name="Clear").click()
    assert page.url == site
    assert page.locator(SHOWN).count() == page.locator(ROWS).count()
    assert not page.locator("[aria-sort]").count()
    expect(page.get_by_role("button", name="Clear")).to_be_hidden()


def test_unknown_filters_in_the_url_are_ignored(page: Page, site: str) -> None:
    page.goto(f"{site}?sort=<b>&other=1&sort=x#group-final")
    assert page.locator(SHOWN).count() == page.locator(ROWS).count()


def test_the_index_works_with_the_keyboard(index: Page) -> None:
    index.get_by_label(WORDS).focus()
    index.keyboard.type("blueprint")
    index.keyboard.press("Tab")
    expect(index.get_by_role("combobox", name="Status")).to_be_focused()
    index.locator("th.fep-col-title").get_by_role("button").first.focus()
    index.keyboard.press("Enter")
    expect(index.locator("th.fep-col-title").first).to_have_attribute("aria-sort", "ascending")
    index.keyboard.press("Space")
    expect(index.locator("th.fep-col-title").first).to_have_attribute("aria-sort", "descending")


def test_on_a_phone_sorting_is_a_list(page: Page, site: str) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(f"{site}number/")
    page.get_by_text("Filters").click()
    page.get_by_label("Sort by").select_option("title")
    assert cells(page, "title") == sorted(cells(page, "title"), key=str.casefold)


def test_the_index_is_complete_without_scripts(browser: Browser, site: str) -> None:
    plain = browser.new_context(java_script_enabled=False)
    page = plain.new_page()
    page.goto(site)
    assert page.locator(SHOWN).count() == page.locator(ROWS).count() > 0
    assert not page.locator("form.fep-filter").count()
    page.locator(".fep-groups a", has_text="Final").click()
    expect(page.locator("#group-final")).to_be_in_viewport()
    assert not page.locator("th button").count()
    plain.close()
