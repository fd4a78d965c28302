"""A repository with a public host, and a proposal in review: where readers comment and edit."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import BrowserContext, expect, Page

from fep_tools._clock import today

from ..history.repositories import Made
from ..site.sites import proposal, ROOT, Site
from .conftest import served
from .test_access import Scheme, SCHEMES, violations, WIDTHS

pytestmark = pytest.mark.browser

HOST = "https://git.example/o/feps"
BODY = """\
Abstract
========

Views should have types,
so that editors know what they take.

They do not today.

Motivation
==========

Nobody knows.
"""


@pytest.fixture(scope="module")
def hosted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Site, str, str]]:
    """A site, its URL, and the commit that it was built from."""
    directory = tmp_path_factory.mktemp("hosted")
    site = Site(directory / "repository", directory / "output", directory / "cache")
    process = (ROOT / "fep" / "process.toml").read_text("utf-8")
    site.write(
        "fep/process.toml",
        process.replace("[files]", f'[repository]\nurl = "{HOST}"\n\n[files]', 1),
    )
    closing = today() + timedelta(days=9)
    thread = "https://talk.example/t/7"
    text = proposal(
        7, Status="Review", Review_Until=closing.isoformat(), Discussions_To=thread, body=BODY
    )
    git = Made(site.root)
    commit = git.commit({"proposals/fep-0007.rst": text})
    for number in (8, 9):
        git.commit({f"proposals/fep-000{number}.rst": proposal(number, f"Draft {number}")})
    for status, word in (("Draft", "may"), ("Accepted", "must"), ("Final", "must not")):
        body = BODY.replace("should", word)
        git.commit({"proposals/fep-0010.rst": proposal(10, "Views", Status=status, body=body)})
    site.build()
    for url in served(site.output):
        yield site, url, commit


@pytest.fixture
def site(hosted: tuple[Site, str, str]) -> str:
    """The URL of this site, in the place of this repository's."""
    return hosted[1]


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("path", ["", "fep-0007/", "fep-0010/changes/"])
def test_no_accessibility_violations(
    page: Page, site: str, path: str, width: int, scheme: Scheme
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.goto(f"{site}{path}", wait_until="networkidle")
    assert violations(page) == []


@pytest.mark.parametrize("width", [390, 320])
@pytest.mark.parametrize("path", ["", "fep-0007/", "fep-0010/changes/"])
def test_no_page_scrolls_sideways(page: Page, site: str, path: str, width: int) -> None:
    # The menu has links to pages here, since there is no handbook with parts.
    page.set_viewport_size({"width": width, "height": 640})
    page.goto(f"{site}{path}")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_what_is_in_review_comes_first(page: Page, site: str, context: BrowserContext) -> None:
    page.goto(site)
    line = page.locator(".fep-now dd").first
    closing = today() + timedelta(days=9)
    expect(line).to_contain_text(f"until {closing.day} ")
    expect(line.locator(".fep-left")).to_have_text("9 days left")
    expect(line.get_by_role("link", name="comment")).to_have_attribute(
        "href", "https://talk.example/t/7"
    )


def test_days_left_are_those_of_the_day_on_which_the_page_is_read(page: Page, site: str) -> None:
    page.clock.install(time=f"{today() + timedelta(days=8)}T12:00:00")
    page.goto(site)
    expect(page.locator(".fep-left")).to_have_text("1 day left")
    page.clock.set_fixed_time(f"{today() + timedelta(days=10)}T12:00:00")
    page.reload()
    expect(page.locator(".fep-left")).to_have_text("closed")


def test_without_a_script_the_page_says_from_which_day_it_counts(
    hosted: tuple[Site, str, str],
) -> None:
    text = hosted[0].page("").text
    assert "9 days left" in text
    assert f"Days left on {today().day} " in text


def test_a_proposal_can_be_discussed_and_edited(page: Page, site: str) -> None:
    page.goto(f"{site}fep-0007/")
    actions = page.locator(".actions")
    expect(actions.get_by_role("link", name="Discuss")).to_have_attribute(
        "href", "https://talk.example/t/7"
    )
    expect(actions.get_by_role("link", name="Edit")).to_have_attribute(
        "href", f"{HOST}/edit/HEAD/proposals/fep-0007.rst"
    )
    expect(page.locator(".fep-summary")).to_contain_text("comments until")


def test_a_selection_links_to_its_lines_at_the_commit(
    page: Page, site: str, hosted: tuple[Site, str, str]
) -> None:
    page.goto(f"{site}fep-0007/")
    link = page.locator("a.lines")
    expect(link).to_be_hidden()
    page.locator("#abstract > p").first.click(click_count=3)
    lines = hosted[0].root.joinpath("proposals/fep-0007.rst").read_text("utf-8").splitlines()
    first = lines.index("Views should have types,") + 1
    expect(link).to_have_text(f"Comment on lines {first}–{first + 1}")
    url = f"{HOST}/blob/{hosted[2]}/proposals/fep-0007.rst?plain=1#L{first}-L{first + 1}"
    expect(link).to_have_attribute("href", url)


def test_a_commit_elsewhere_leaves_the_page_as_it_is(hosted: tuple[Site, str, str]) -> None:
    before = hosted[0].html("fep-0007")
    Made(hosted[0].root).commit({"proposals/fep-0008.rst": proposal(8, "Another title")})
    hosted[0].build()
    changed = "Another title"
    assert changed in hosted[0].html("fep-0008")
    assert hosted[0].html("fep-0007").replace(changed, "Draft 8") == before
