"""The directory of the site, in which a pull request may have prepared something."""

from __future__ import annotations

import os
import pickle
import shutil
from pathlib import Path

import pytest

from fep_tools.errors import RepositoryError

from ..history.repositories import Made
from .sites import proposal, Site, SiteMaker

pytestmark = pytest.mark.filterwarnings("ignore:.*serializinghtml")


def test_a_directory_with_committed_files_is_refused(make_site: SiteMaker) -> None:
    """A pull request can bring them, and nothing has checked them."""
    site = make_site({7: proposal(7)})
    committed = Site(site.root, site.root / "build" / "site", site.cache)
    Made(site.root).commit({"build/site/login/index.html": "x", "build/site/CNAME": "x"})
    with pytest.raises(RepositoryError, match="has 2 committed files, such as build/site/CNAME;"):
        committed.build()
    assert not committed.output.joinpath("index.html").exists()
    site.build()


@pytest.mark.parametrize(
    ("committed", "output", "shown"),
    [
        ("feps/build/site/x", "feps/build/site", "build/site/x"),
        ("out/x.html", "out", "../out/x.html"),
        ("Out/x.html", "out", "../Out/x.html"),
        ("out", "out/pages", "../out"),
    ],
)
def test_committed_files_anywhere_in_the_repository_of_git(
    make_site: SiteMaker, tmp_path: Path, committed: str, output: str, shown: str
) -> None:
    """The root of the proposals may be a directory of it, and names may have no case."""
    made = Made(tmp_path)
    shutil.copytree(make_site({7: proposal(7)}).root, tmp_path / "feps")
    if committed == "out":  # a submodule, of which git knows no files
        made.git("update-index", "--add", "--cacheinfo", f"160000,{'1' * 40},out")
        made.seal()
    else:
        made.commit({committed: "x"})
    site = Site(tmp_path / "feps", tmp_path / output, tmp_path / "cache")
    with pytest.raises(RepositoryError, match=f"has 1 committed file, such as {shown};"):
        site.build()


def test_a_directory_of_which_git_cannot_say_what_is_committed(make_site: SiteMaker) -> None:
    """An empty one has nothing; in another one, a pull request may have prepared anything."""
    site = make_site({7: proposal(7)})
    inside = Site(site.root, site.root / "build" / "site", site.cache)
    Made(site.root).commit()
    shutil.rmtree(site.root / ".git" / "objects")
    assert inside.build().written == 6
    with pytest.raises(RepositoryError, match="is not a git repository"):
        inside.build()


def test_without_git_committed_files_are_not_found(
    make_site: SiteMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = make_site({7: proposal(7)})
    inside = Site(site.root, site.root / "build" / "site", site.cache)
    Made(site.root).commit({"build/site/x.html": "x"})
    monkeypatch.setenv("PATH", "")
    inside.build()
    assert "git is not installed" in inside.warnings


class Bomb:
    """Makes a directory when it is unpickled."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return (os.mkdir, (str(self.path),))


@pytest.mark.parametrize("has_git", [True, False])
def test_committed_doctrees_are_not_unpickled(
    make_site: SiteMaker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, has_git: bool
) -> None:
    """``FEP_CACHE_DIR`` may name a directory in the repository, which a CI service can keep."""
    site = make_site({7: proposal(7)})
    pickled = pickle.dumps(Bomb(tmp_path / "canary"))
    Made(site.root).commit({"caches/site/environment.pickle": pickled})
    if not has_git:
        monkeypatch.setenv("PATH", "")
    problem = "has 1 committed file, such as caches" if has_git else "git is not installed"
    with pytest.raises(RepositoryError, match=problem):
        site.build(doctrees=site.root / "caches" / "site")
    assert not (tmp_path / "canary").exists()


def test_doctrees_in_an_archive_are_not_unpickled(make_site: SiteMaker, tmp_path: Path) -> None:
    """It has no history of git, which says who has put files there."""
    site = make_site({7: proposal(7)})
    site.write("caches/site/environment.pickle", pickle.dumps(Bomb(tmp_path / "canary")))
    with pytest.raises(RepositoryError, match="there is no history of git that says"):
        site.build(doctrees=site.root / "caches" / "site")
    assert not (tmp_path / "canary").exists()
    site.build(doctrees=tmp_path / "caches")


def test_doctrees_in_a_directory_that_is_a_link(make_site: SiteMaker, tmp_path: Path) -> None:
    site = make_site({7: proposal(7)})
    site.root.joinpath("caches").symlink_to(tmp_path)
    with pytest.raises(RepositoryError, match="caches: is a link; remove it, or use another"):
        site.build(doctrees=site.root / "caches" / "site")
    assert list(tmp_path.iterdir()) == []


def test_a_prepared_index_of_the_search_is_not_unpickled(
    make_site: SiteMaker, tmp_path: Path
) -> None:
    site = make_site({7: proposal(7)})
    site.write("../output/searchindex.pickle", pickle.dumps(Bomb(tmp_path / "canary")))
    site.build(builder="pickle")
    assert not (tmp_path / "canary").exists()


@pytest.mark.parametrize(
    ("builder", "name", "index"),
    [
        ("", "searchindex.js", "Search.setIndex({})"),
        ("", "searchindex.js", f"Search.setIndex({'[' * 100_000})"),
        ("json", "searchindex.json", "[" * 100_000),
    ],
)
def test_a_prepared_index_of_the_search_is_replaced(
    make_site: SiteMaker, builder: str, name: str, index: str
) -> None:
    site = make_site({7: proposal(7)})
    site.build(builder=builder)
    expected = site.output.joinpath(name).read_bytes()
    other = site.with_output("other")
    other.output.mkdir()
    other.output.joinpath(name).write_text(index, "utf-8")
    other.build(builder=builder)
    assert other.output.joinpath(name).read_bytes() == expected


@pytest.mark.parametrize("builder", ["pickle", "json", "html"])
def test_the_index_of_the_last_build_is_read(make_site: SiteMaker, builder: str) -> None:
    """Otherwise it would have the changed pages only."""
    site = make_site({7: proposal(7), 8: proposal(8)})
    site.build(builder=builder)
    site.write("proposals/fep-0007.rst", proposal(7, "Zebras"))
    site.build(builder=builder)
    assert "search index" not in site.warnings
    index = next(site.output.glob("searchindex.*")).read_bytes()
    assert b"zebra" in index
    assert b"fep-0008" in index
