"""The maker of small repositories."""

from __future__ import annotations

import pytest

from .sites import Maker, ROOT, Site


@pytest.fixture(scope="session")
def make_site(tmp_path_factory: pytest.TempPathFactory) -> Maker:
    """Make a repository with this one's process; files are given by name, proposals by number.

    What is known of bodies is shared: reading one needs a process of its own.
    """
    cache = tmp_path_factory.mktemp("cache")

    def make(files: dict[str | int, str | bytes] | None = None) -> Site:
        folder = tmp_path_factory.mktemp("site")
        site = Site(folder / "repository", folder / "output", cache)
        site.write("fep/process.toml", (ROOT / "fep" / "process.toml").read_bytes())
        for name, content in (files or {}).items():
            path = f"proposals/fep-{name:04}.rst" if isinstance(name, int) else name
            site.write(path, content)
        return site

    return make
