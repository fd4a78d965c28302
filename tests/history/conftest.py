"""Git as it is for everybody: no settings of the person who runs the tests."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from .repositories import IDENTITY, Made


@pytest.fixture(autouse=True)
def _plain_git(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    for name, value in IDENTITY.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))


@pytest.fixture
def made(tmp_path: Path) -> Made:
    """A new repository."""
    return Made(tmp_path / "repository")
