"""The maker of small repositories."""

from __future__ import annotations

import pytest

from .sites import ROOT, Site, SiteMaker


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
