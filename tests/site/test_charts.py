"""The charts of all proposals, with and without a history."""

from __future__ import annotations

import re

import pytest

from fep_tools.site import charts, footer_block

from ..history.repositories import Made
from .sites import proposal, Reader, Site, SiteMaker
from .test_trust import HOSTILE

HEADERS = {"Resolution": "2025-01-01 https://example.org/1", "Review_By": "2030-01-01"}


EPOCH = "1611100800"
"""2021-01-20, four months after the first commit."""


@pytest.fixture(autouse=True)
def _day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)


@pytest.fixture(scope="module")
def site(make_site: SiteMaker) -> Site:
    site = make_site()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", EPOCH)
        build(site)
    return site


def build(site: Site) -> None:
    git = Made(site.root)
    git.commit({"proposals/fep-0010.rst": proposal(10, HOSTILE[:79])})
    git.commit({"proposals/fep-0010.rst": proposal(10, HOSTILE[:79], Status="Review")})
    git.commit({"proposals/fep-0011.rst": proposal(11, "Blueprints", Replaces="10")})
    git.commit({"proposals/fep-0012.rst": proposal(12, "Nested", Requires="11, 99")})
    site.build()


def test_statistics_have_charts_and_tables(site: Site) -> None:
    page = site.page("figures")
    assert len(page.all("svg")) == 4
    assert "From New to Draft (3). From Draft to Review (1)." in page.text
    assert "From To Count New Draft 3 Draft Review 1" in page.text
    assert "Year Process 2025 3" in page.text
    assert "Draft 1 day too little data too little data 1 of 3" in page.text
    assert "rare" not in page.text
    assert "FEP 12: Nested requires FEP 11: Blueprints" in page.text
    assert "FEP 99" not in page.text


def test_timelines_have_a_chart_and_a_table(site: Site) -> None:
    page = site.page("timelines")
    axis, *rows = [svg for svg in page.all("svg") if svg["class"] != "fep-legend"]
    assert axis["role"] == "img"
    assert [row.get("aria-hidden") for row in rows] == ["true"] * 3
    assert "From 2020-09-14 until 2021-01-20" in page.text
    assert "FEP 11: Blueprints 2020-09-16 Draft" in page.text
    assert "2020-09-14 Draft, 2020-09-15 Review" in page.text
    assert page.links().keys() >= {"../fep-0010/", "../fep-0011/", "../fep-0012/"}


def test_charts_answer_a_question_and_can_be_scrolled_by_keyboard(site: Site) -> None:
    for name, count in (("figures", 4), ("fep-0010", 1), ("fep-0012", 1), ("process", 1)):
        html = site.html(name)
        boxes = re.findall(
            r'<p class="fep-question">([^<]+\?)</p>\s*<div class="fep-picture" role="group" '
            r'aria-label="([^"]+)" tabindex="0"><svg',
            html,
        )
        assert len(boxes) == count == html.count('class="fep-picture"')
        assert all(question == label for question, label in boxes)
    assert site.html("timelines").count('<p class="fep-question">') == 1


def ids(page: Reader) -> list[str]:
    return [part["id"] for _tag, part in page.elements if "id" in part]


def test_ids_are_unique(site: Site) -> None:
    for name in ("figures", "timelines"):
        anchors = ids(site.page(name))
        assert len(anchors) == len({*anchors})


def test_untrusted_titles_are_escaped_in_charts(site: Site) -> None:
    for name in ("figures", "timelines"):
        page = site.page(name)
        assert HOSTILE[:30] in page.text
        assert not page.all("img")
        assert not [part for _tag, part in page.elements if "onerror" in part]


def test_without_git_only_charts_of_headers_are_shown(make_site: SiteMaker) -> None:
    site = make_site({10: proposal(10)})
    site.build()
    assert "the site was built without it" in site.page("timelines").text
    assert not site.page("timelines").all("svg")
    page = site.page("figures")
    assert page.text.count("the site was built without it") == 2
    assert "Year Process 2025 1" in page.text
    assert "No proposal requires or replaces another." in page.text


def test_charts_of_a_shallow_clone_say_that_they_are_incomplete(
    make_site: SiteMaker, site: Site
) -> None:
    shallow = make_site()
    repository = Made(shallow.root.with_name("shallow"))
    repository.git("fetch", "--quiet", "--depth=2", site.root.as_uri())
    repository.git("checkout", "--quiet", "FETCH_HEAD")
    partial = Site(repository.root, shallow.output, shallow.cache)
    partial.build()
    assert (
        "built from a shallow clone; earlier changes are not counted"
        in partial.page("timelines").text
    )


def test_tables_of_relations_have_bounds(
    make_site: SiteMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """450 proposals that each require 200 others made a page that took 3.8 GB."""
    monkeypatch.setattr(charts, "MAX_RELATIONS", 2)
    monkeypatch.setattr(footer_block, "MAX_RELATED", 1)
    needs = {number: proposal(number, Requires="10, 11") for number in (12, 13)}
    site = make_site({10: proposal(10), 11: proposal(11), **needs})
    site.build()
    figures = site.page("figures").text
    assert "FEP 12 requires FEP 11 and 2 more" in re.sub(r": Typed views", "", figures)
    text = site.page("fep-0010").text
    assert "Required by FEP 12: Typed views Draft and 1 more" in text
    assert "Requires FEP 10: Typed views Draft and 1 more" in site.page("fep-0013").text


def test_an_empty_repository_has_no_charts(make_site: SiteMaker) -> None:
    site = make_site()
    site.build()
    assert not site.page("figures").all("svg")


def test_charts_depend_on_the_day_of_the_build_alone(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = site.files()
    second = site.with_output("again")
    second.build()
    assert second.files() == before
    assert second.build().written == 0
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(EPOCH) + 400 * 24 * 3600))
    second.build()
    after = second.files()
    changed = {name for name in before if before[name] != after.get(name)}
    pages = {name for name in changed if name.endswith("/index.html")}
    assert pages == {"fep-0010/index.html", "timelines/index.html"}
    assert {name.partition("/")[0] for name in changed - pages} <= {
        "index.html",  # days left of what is due for review
        "pagefind",
        "searchindex.js",
    }


def test_an_unknown_chart_is_an_error(make_site: SiteMaker) -> None:
    site = make_site(
        {
            "conf.py": 'html_theme = "fep"\n',
            "index.rst": "Ours\n====\n\n.. fep-picture:: nonsense\n\n.. fep-picture:: years\n",
            7: proposal(7),
        }
    )
    site.build()
    assert "use days, relations, states, timelines or years" in site.warnings
    assert len(site.page("").all("svg")) == 1
