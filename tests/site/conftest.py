"""The maker of small repositories."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from fep_tools.lint.rule import Rule
from fep_tools.repository import Repository

from .sites import ROOT, Site, SiteMaker

FEW_RULES = {"H101", "H103", "S001", "L001", "C001", "T001", "B003", "B020", "N001"}
"""One rule of each family, and those that tests look for."""

Rules = Callable[[Repository], tuple[Rule, ...]]


# For each module: one for the session would stay for the tests of other directories.
@pytest.fixture(scope="module", autouse=True)
def short_page_of_rules() -> Iterator[Rules]:
    """Put few rules on the page of rules: all of them take a third of the time of a small site.

    Return the method that this replaces, for tests of the whole page.
    """
    rules = Repository.rules

    def few(repository: Repository) -> tuple[Rule, ...]:
        return tuple(rule for rule in rules(repository) if rule.code in FEW_RULES)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Repository, "rules", few)
        yield rules


@pytest.fixture(scope="session")
def make_site(tmp_path_factory: pytest.TempPathFactory) -> SiteMaker:
    """Make repositories with the process of this one.

    Files are given by name, proposals by number. All share a cache, because each body is read
    by a worker process.
    """
    cache = tmp_path_factory.mktemp("cache")

    def make(files: dict[str | int, str | bytes] | None = None) -> Site:
        directory = tmp_path_factory.mktemp("site")
        site = Site(directory / "repository", directory / "output", cache)
        site.write("fep/process.toml", (ROOT / "fep" / "process.toml").read_bytes())
        for name, content in (files or {}).items():
            path = f"proposals/fep-{name:04}.rst" if isinstance(name, int) else name
            site.write(path, content)
        return site

    return make
