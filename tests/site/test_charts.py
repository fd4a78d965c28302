"""Pages that draw all proposals: what they show, and what they say where the past is not there."""

from __future__ import annotations

import pytest

from ..history.repositories import Made
from .sites import Maker, proposal, Reader, Site
from .test_trust import HOSTILE

HEADERS = {"Resolution": "2025-01-01 https://example.org/1", "Review_By": "2030-01-01"}


@pytest.fixture(scope="module")
def site(make_site: Maker) -> Site:
    site = make_site()
    git = Made(site.root)
    git.commit({"proposals/fep-0010.rst": proposal(10, HOSTILE[:79])})
    git.commit({"proposals/fep-0010.rst": proposal(10, HOSTILE[:79], Status="Review")})
    git.commit({"proposals/fep-0011.rst": proposal(11, "Blueprints", Replaces="10")})
    git.commit({"proposals/fep-0012.rst": proposal(12, "Nested", Requires="11, 99")})
    site.build()
    return site


def test_figures_are_drawn_and_told(site: Site) -> None:
    page = site.page("figures")
    assert len(page.all("svg")) == 4
    assert "From Draft to Review (1)" in page.text
    assert "From To Count New Draft 3 Draft Review 1" in page.text
    assert "Year Process 2025 3" in page.text
    assert "Draft 1 day 1 day too few data 1 of 3" in page.text
    assert "FEP 12: Nested requires FEP 11: Blueprints" in page.text
    assert "FEP 99" not in page.text


def test_timelines_are_drawn_and_told(site: Site) -> None:
    page = site.page("timelines")
    assert len(page.all("svg")) == 1
    assert "FEP 11: Blueprints 2020-09-16 Draft" in page.text
    assert "2020-09-14 Draft, 2020-09-15 Review" in page.text
    assert page.links().keys() >= {"../fep-0010/", "../fep-0011/", "../fep-0012/"}


def test_each_picture_can_be_scrolled_and_is_named(site: Site) -> None:
    for name in ("figures", "timelines"):
        boxes = [box for box in site.page(name).all("div") if box.get("class") == "fep-picture"]
        assert boxes
        assert all(box["tabindex"] == "0" and box["aria-label"] for box in boxes)


def ids(page: Reader) -> list[str]:
    return [part["id"] for _tag, part in page.elements if "id" in part]


def test_no_id_is_there_twice(site: Site) -> None:
    for name in ("figures", "timelines"):
        found = ids(site.page(name))
        assert len(found) == len({*found})


def test_titles_of_strangers_are_text(site: Site) -> None:
    for name in ("figures", "timelines"):
        page = site.page(name)
        assert HOSTILE[:30] in page.text
        assert not page.all("img")
        assert not [part for _tag, part in page.elements if "onerror" in part]


def test_without_git_only_headers_are_drawn(make_site: Maker) -> None:
    site = make_site({10: proposal(10)})
    site.build()
    assert "the site was built without it" in site.page("timelines").text
    assert not site.page("timelines").all("svg")
    page = site.page("figures")
    assert page.text.count("the site was built without it") == 2
    assert "Year Process 2025 1" in page.text
    assert "No proposal requires or replaces another." in page.text


def test_a_shallow_clone_counts_what_it_has(make_site: Maker, site: Site) -> None:
    shallow = make_site()
    made = Made(shallow.root.with_name("shallow"))
    made.git("fetch", "--quiet", "--depth=2", site.root.as_uri())
    made.git("checkout", "--quiet", "FETCH_HEAD")
    cut = Site(made.root, shallow.output, shallow.cache)
    cut.build()
    assert (
        "built from a shallow clone; earlier changes are not counted" in cut.page("timelines").text
    )


def test_an_empty_repository_has_nothing_to_draw(make_site: Maker) -> None:
    site = make_site()
    site.build()
    assert not site.page("figures").all("svg")


def test_a_new_day_alone_changes_nothing(site: Site) -> None:
    before = site.files()
    again = site.beside("again")
    again.build()
    assert again.files() == before
    assert site.build().written == 0


def test_a_picture_that_there_is_not(make_site: Maker) -> None:
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
