"""The directory of the site, in which a pull request may have prepared something."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from fep_tools.errors import RepositoryError

from ..history.repositories import Made
from .sites import proposal, Site, SiteMaker


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
