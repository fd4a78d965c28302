"""The content of a site with a history in git."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fep_tools.history.git_errors import GitError
from fep_tools.repository import Repository

from ..history.repositories import Made
from .sites import proposal, Site, SiteMaker

pytestmark = pytest.mark.slow

ELSEWHERE = {"README.rst": "Another file.\n"}


def catalog(site: Site) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(site.output.joinpath("api/proposals.json").read_bytes())
    return data


@pytest.fixture
def site(make_site: SiteMaker) -> Site:
    """Two proposals, committed, and one of them accepted afterwards."""
    site = make_site({7: proposal(7), 8: proposal(8, "Other")})
    repository = Made(site.root)
    repository.commit()
    repository.commit({"proposals/fep-0008.rst": proposal(8, "Other", Status="Active")})
    return site


@pytest.fixture
def renumbered(site: Site) -> Site:
    """The same, and a proposal that had another number."""
    repository = Made(site.root)
    repository.commit({"proposals/fep-0098.rst": proposal(98, "Late")})
    repository.move("proposals/fep-0098.rst", "proposals/fep-0011.rst")
    repository.commit({"proposals/fep-0011.rst": proposal(11, "Late")})
    return site


def test_catalog_has_the_history(site: Site) -> None:
    site.build()
    published = catalog(site)
    assert published["commit"] == Made(site.root).git("rev-parse", "HEAD")
    assert published["history_complete"]
    seven, eight = published["proposals"]
    assert (seven["changed"], eight["changed"]) == ("2020-09-14", "2020-09-15")
    statuses = [(e["from"], e["to"]) for e in eight["history"] if e["kind"] == "status"]
    assert statuses == [(None, "Draft"), ("Draft", "Active")]


def test_an_unrelated_commit_rewrites_no_page(site: Site) -> None:
    site.build()
    Made(site.root).commit(ELSEWHERE)
    report = site.build()
    assert (report.read, report.written) == (0, 0)
    assert catalog(site)["commit"] == Made(site.root).git("rev-parse", "HEAD")


def test_without_git_there_is_no_history(make_site: SiteMaker) -> None:
    site = make_site({7: proposal(7)})
    site.build()
    published = catalog(site)
    assert (published["commit"], published["history_complete"]) == (None, False)
    assert published["proposals"][0]["history"] == []
    assert site.warnings == ""


def test_before_the_first_commit_there_is_no_history(make_site: SiteMaker) -> None:
    site = make_site({7: proposal(7)})
    Made(site.root)
    site.build()
    assert (catalog(site)["commit"], site.warnings) == (None, "")


def test_a_shallow_clone_is_a_warning_with_a_remedy(site: Site, tmp_path: Path) -> None:
    shallow = Site(tmp_path / "shallow", tmp_path / "output", site.cache)
    origin = f"file://{site.root}"
    subprocess.run(["git", "clone", "-q", "--depth=1", origin, shallow.root], check=True)
    assert shallow.build().warnings == site.build().warnings
    published = catalog(shallow)
    assert not published["history_complete"]
    assert [entry["history_complete"] for entry in published["proposals"]] == [False, False]
    assert "git fetch --unshallow" in shallow.warnings


def test_a_failing_git_is_a_warning(make_site: SiteMaker) -> None:
    site = make_site({7: proposal(7), ".git": "gitdir: nowhere\n"})
    assert site.build().warnings == 1
    assert "git" in site.warnings
    assert catalog(site)["proposals"][0]["history"] == []
    with pytest.raises(GitError, match=r"its \.git is not a git repository"):
        Repository.open(site.root).catalog()


def test_a_fresh_clone_and_parallel_builds_give_the_same_files(site: Site, tmp_path: Path) -> None:
    site.build()
    clone = Site(tmp_path / "clone", tmp_path / "output", site.cache)
    subprocess.run(["git", "clone", "-q", site.root, clone.root], check=True)
    clone.build(jobs=2)
    assert clone.files() == site.files()


def a_status(repository: Made) -> None:
    repository.commit({"proposals/fep-0007.rst": proposal(7, Status="Active")})


def a_body(repository: Made) -> None:
    repository.commit({"proposals/fep-0007.rst": proposal(7, body="Other.\n")})


def another_number(repository: Made) -> None:
    repository.move("proposals/fep-0007.rst", "proposals/fep-0009.rst")
    repository.commit({"proposals/fep-0009.rst": proposal(9)})


def a_new_one(repository: Made) -> None:
    repository.commit({"proposals/fep-0009.rst": proposal(9, Topic="Core")})


def one_less(repository: Made) -> None:
    repository.commit({"proposals/fep-0007.rst": None})


def an_old_number_again(repository: Made) -> None:
    """What was a redirect is a page."""
    repository.commit({"proposals/fep-0098.rst": proposal(98)})


def a_process(repository: Made) -> None:
    path = repository.root / "fep" / "process.toml"
    redirect = "\n[[redirect]]\nfrom = 9999\nto = 7\n"
    repository.commit({"fep/process.toml": path.read_text("utf-8") + redirect})


@pytest.mark.parametrize(
    "change",
    [a_status, a_body, another_number, an_old_number_again, a_new_one, one_less, a_process],
)
def test_an_incremental_build_equals_a_fresh_one(
    renumbered: Site, change: Callable[[Made], None]
) -> None:
    site = renumbered
    site.build(base="https://example.org/")
    before = site.files()
    change(Made(site.root))
    site.build(base="https://example.org/")
    fresh = site.with_output("fresh")
    fresh.build(base="https://example.org/")
    assert site.files() == fresh.files() != before
    assert site.build(base="https://example.org/").written == 0
