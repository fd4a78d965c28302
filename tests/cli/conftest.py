"""What tests of commands share: a checkout with a snippet, and the environment that it needs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from fep_tools.sandbox import environments, isolation
from fep_tools.sandbox.environments import Environment

from ..sandbox.stub import environment as stub
from .stubbed import FRAMEWORKS, LOCK, PROPOSAL


@pytest.fixture
def root(checkout: Callable[..., Path], stubbed: None) -> Path:
    """A checkout with one proposal, and one snippet in it."""
    made = checkout({"fep-0012.rst": PROPOSAL})
    (made / "fep" / "frameworks.toml").write_text(FRAMEWORKS, "utf-8")
    (made / "fep" / "environments").mkdir()
    (made / "fep" / "environments" / "stub.txt").write_text(LOCK, "utf-8")
    return made


@pytest.fixture
def stubbed(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment is a copy of a few files; a sandbox is for other tests."""
    made = stub(tmp_path_factory.mktemp("stub") / "environment")

    def build(lock: str, version: str, store: Path) -> Environment:
        return made

    monkeypatch.setattr(environments, "build", build)
    monkeypatch.setattr(environments, "is_built", lambda *_: True)
    monkeypatch.setattr(isolation, "find", lambda unsandboxed: isolation.Unsandboxed())
