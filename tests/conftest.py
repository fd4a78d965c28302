"""What tests share: the process of this repository, and proposals made of text."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from fep_tools.process import Process

ROOT = Path(__file__).parent.parent
TODAY = date(2026, 11, 20)


@pytest.fixture(scope="session", autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    """What the user has in a cache is neither used nor changed."""
    os.environ["XDG_CACHE_HOME"] = str(tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="session")
def process() -> Process:
    return Process.load(ROOT / "fep" / "process.toml")


@pytest.fixture
def checkout(tmp_path: Path) -> Callable[..., Path]:
    """Make a checkout with this repository's process and the proposals given by number."""

    def make(proposals: dict[str, str | bytes] | None = None) -> Path:
        (tmp_path / "fep").mkdir(exist_ok=True)
        (tmp_path / "proposals").mkdir(exist_ok=True)
        for name in ("process.toml", "frameworks.toml"):
            text = (ROOT / "fep" / name).read_text("utf-8")
            (tmp_path / "fep" / name).write_text(text, "utf-8")
        for name, content in (proposals or {}).items():
            data = content.encode() if isinstance(content, str) else content
            (tmp_path / "proposals" / name).write_bytes(data)
        return tmp_path

    return make
