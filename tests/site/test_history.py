"""What a site says of the past: from git, where there is one."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fep_tools.repository import Repository

from ..history.repositories import Made
from .sites import Maker, proposal, Site

ELSEWHERE = {"README.rst": "Another file.\n"}


def catalog(site: Site) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(site.output.joinpath("api/proposals.json").read_bytes())
    return data


@pytest.fixture
def site(make_site: Maker) -> Site:
    """Two proposals, committed, and one of them accepted afterwards."""
    site = make_site({7: proposal(7), 8: proposal(8, "Other")})
    kept = Made(site.root)
    kept.commit()
    kept.commit({"proposals/fep-0008.rst": proposal(8, "Other", Status="Active")})
    return site


@pytest.fixture
def renumbered(site: Site) -> Site:
    """The same, and a proposal that had another number."""
    kept = Made(site.root)
    kept.commit({"proposals/fep-0098.rst": proposal(98, "Late")})
    kept.move("proposals/fep-0098.rst", "proposals/fep-0011.rst")
    kept.commit({"proposals/fep-0011.rst": proposal(11, "Late")})
    return site


def test_the_catalog_tells_what_happened(site: Site) -> None:
    site.build()
    told = catalog(site)
    assert told["commit"] == Made(site.root).git("rev-parse", "HEAD")
    assert told["history_complete"]
    seven, eight = told["proposals"]
    assert (seven["changed"], eight["changed"]) == ("2020-09-14", "2020-09-15")
    statuses = [(e["from"], e["to"]) for e in eight["history"] if e["kind"] == "status"]
    assert statuses == [(None, "Draft"), ("Draft", "Active")]


def test_a_commit_about_something_else_rewrites_no_page(site: Site) -> None:
    site.build()
    Made(site.root).commit(ELSEWHERE)
    report = site.build()
    assert (report.read, report.written) == (0, 0)
    assert catalog(site)["commit"] == Made(site.root).git("rev-parse", "HEAD")


def test_without_git_there_is_no_past_and_it_says_so(make_site: Maker) -> None:
    site = make_site({7: proposal(7)})
    site.build()
    told = catalog(site)
    assert (told["commit"], told["history_complete"]) == (None, False)
    assert told["proposals"][0]["history"] == []
    assert site.warnings == ""


def test_before_the_first_commit_there_is_no_past(make_site: Maker) -> None:
    site = make_site({7: proposal(7)})
    Made(site.root)
    site.build()
    assert (catalog(site)["commit"], site.warnings) == (None, "")


def test_a_shallow_clone_says_how_to_get_the_rest(site: Site, tmp_path: Path) -> None:
    shallow = Site(tmp_path / "shallow", tmp_path / "output", site.cache)
    origin = f"file://{site.root}"
    subprocess.run(["git", "clone", "-q", "--depth=1", origin, shallow.root], check=True)
    assert shallow.build().warnings == 0
    told = catalog(shallow)
    assert not told["history_complete"]
    assert [entry["history_complete"] for entry in told["proposals"]] == [False, False]
    assert "git fetch --unshallow" in shallow.warnings


def test_a_git_that_does_not_answer_is_told_and_nothing_else_is_lost(make_site: Maker) -> None:
    site = make_site({7: proposal(7), ".git": "gitdir: nowhere\n"})
    assert site.build().warnings == 1
    assert "git" in site.warnings
    assert catalog(site)["proposals"][0]["history"] == []
    assert Repository.open(site.root).catalog().commit is None


def test_a_fresh_clone_and_more_processes_make_the_same_files(site: Site, tmp_path: Path) -> None:
    site.build()
    clone = Site(tmp_path / "clone", tmp_path / "output", site.cache)
    subprocess.run(["git", "clone", "-q", site.root, clone.root], check=True)
    clone.build(jobs=2)
    assert clone.files() == site.files()


def a_status(kept: Made) -> None:
    kept.commit({"proposals/fep-0007.rst": proposal(7, Status="Active")})


def a_body(kept: Made) -> None:
    kept.commit({"proposals/fep-0007.rst": proposal(7, body="Other.\n")})


def another_number(kept: Made) -> None:
    kept.move("proposals/fep-0007.rst", "proposals/fep-0009.rst")
    kept.commit({"proposals/fep-0009.rst": proposal(9)})


def a_new_one(kept: Made) -> None:
    kept.commit({"proposals/fep-0009.rst": proposal(9, Topic="Core")})


def one_less(kept: Made) -> None:
    kept.commit({"proposals/fep-0007.rst": None})


def an_old_number_again(kept: Made) -> None:
    """What was a redirect is a page."""
    kept.commit({"proposals/fep-0098.rst": proposal(98)})


def a_process(kept: Made) -> None:
    path = kept.root / "fep" / "process.toml"
    redirect = "\n[[redirect]]\nfrom = 9999\nto = 7\n"
    kept.commit({"fep/process.toml": path.read_text("utf-8") + redirect})


@pytest.mark.parametrize(
    "change",
    [a_status, a_body, another_number, an_old_number_again, a_new_one, one_less, a_process],
)
def test_a_site_that_was_there_becomes_what_a_fresh_one_is(
    renumbered: Site, change: Callable[[Made], None]
) -> None:
    site = renumbered
    site.build(base="https://example.org/")
    before = site.files()
    change(Made(site.root))
    site.build(base="https://example.org/")
    fresh = site.beside("fresh")
    fresh.build(base="https://example.org/")
    assert site.files() == fresh.files() != before
    assert site.build(base="https://example.org/").written == 0
