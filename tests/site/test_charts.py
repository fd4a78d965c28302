"""The charts of all proposals, with and without a history."""

from __future__ import annotations

import pytest

from ..history.repositories import Made
from .sites import proposal, Reader, Site, SiteMaker
from .test_trust import HOSTILE

HEADERS = {"Resolution": "2025-01-01 https://example.org/1", "Review_By": "2030-01-01"}


@pytest.fixture(scope="module")
def site(make_site: SiteMaker) -> Site:
    site = make_site()
    git = Made(site.root)
    git.commit({"proposals/fep-0010.rst": proposal(10, HOSTILE[:79])})
    git.commit({"proposals/fep-0010.rst": proposal(10, HOSTILE[:79], Status="Review")})
    git.commit({"proposals/fep-0011.rst": proposal(11, "Blueprints", Replaces="10")})
    git.commit({"proposals/fep-0012.rst": proposal(12, "Nested", Requires="11, 99")})
    site.build()
    return site


def test_statistics_have_charts_and_tables(site: Site) -> None:
    page = site.page("figures")
    assert len(page.all("svg")) == 4
    assert "From Draft to Review (1)" in page.text
    assert "From To Count New Draft 3 Draft Review 1" in page.text
    assert "Year Process 2025 3" in page.text
    assert "Draft 1 day 1 day too little data 1 of 3" in page.text
    assert "FEP 12: Nested requires FEP 11: Blueprints" in page.text
    assert "FEP 99" not in page.text


def test_timelines_have_a_chart_and_a_table(site: Site) -> None:
    page = site.page("timelines")
    assert len(page.all("svg")) == 1
    assert "FEP 11: Blueprints 2020-09-16 Draft" in page.text
    assert "2020-09-14 Draft, 2020-09-15 Review" in page.text
    assert page.links().keys() >= {"../fep-0010/", "../fep-0011/", "../fep-0012/"}


def test_charts_have_labels_and_can_be_scrolled_by_keyboard(site: Site) -> None:
    for name in ("figures", "timelines"):
        boxes = [box for box in site.page(name).all("div") if box.get("class") == "fep-picture"]
        assert boxes
        assert all(box["tabindex"] == "0" and box["aria-label"] for box in boxes)


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


def test_an_empty_repository_has_no_charts(make_site: SiteMaker) -> None:
    site = make_site()
    site.build()
    assert not site.page("figures").all("svg")


def test_charts_do_not_depend_on_the_current_day(site: Site) -> None:
    before = site.files()
    second = site.with_output("again")
    second.build()
    assert second.files() == before
    assert site.build().written == 0


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
