"""Fixtures for tests of commands: repositories, and a function that runs ``fep``."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from fep_tools.cli import main
from fep_tools.cli.storage import CI_VARIABLES
from fep_tools.sandbox import environments, isolation
from fep_tools.sandbox.environments import Environment

from ..sandbox.stub import environment as stub
from .drafts import GOOD, Run
from .stubbed import FRAMEWORKS, LOCK, PROPOSAL


@pytest.fixture
def root(checkout: Callable[..., Path], stubbed: None) -> Path:
    """A repository with one proposal, which has one snippet."""
    root = checkout({"fep-0012.rst": PROPOSAL})
    (root / "fep" / "frameworks.toml").write_text(FRAMEWORKS, "utf-8")
    (root / "fep" / "environments").mkdir()
    (root / "fep" / "environments" / "stub.txt").write_text(LOCK, "utf-8")
    return root


@pytest.fixture
def stubbed(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Replace the environment by a stub, and run without a sandbox."""
    environment = stub(tmp_path_factory.mktemp("stub") / "environment")

    def build(lock: str, version: str, store: Path) -> Environment:
        return environment

    monkeypatch.setattr(environments, "build", build)
    monkeypatch.setattr(environments, "is_built", lambda *_: True)
    monkeypatch.setattr(isolation, "find", lambda unsandboxed: isolation.Unsandboxed())


@pytest.fixture
def no_identity(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's settings of git, which are empty: git does not know who the author is."""
    for name in ("GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL"):
        monkeypatch.delenv(name, raising=False)
    settings = tmp_path_factory.mktemp("git") / "config"
    settings.touch()
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(settings))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    return settings


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return a function that runs ``fep`` in a directory.

    It returns the exit status, standard output and standard error.
    """
    others = ("NO_COLOR", "FORCE_COLOR", "FEP_AUTHOR", "FEP_CACHE_DIR")
    for name in (*CI_VARIABLES, *others):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795219200")

    def run(directory: Path, *arguments: str) -> tuple[int, str, str]:
        monkeypatch.chdir(directory)
        status = main.run(list(arguments))
        output = capsys.readouterr()
        return status, output.out, output.err

    return run


@pytest.fixture
def repo(checkout: Callable[..., Path]) -> Path:
    """A repository with three drafts, without git."""
    return checkout({f"fep-00{n}.rst": GOOD.format(n=n) for n in (10, 11, 12)})


@pytest.fixture
def git_repo(repo: Path) -> Path:
    """The same with a commit, which is also ``origin/main``."""
    identity = ["-c", "user.name=Ada", "-c", "user.email=a@example.org"]
    environment = os.environ | {"GIT_COMMITTER_DATE": "2020-01-02T00:00:00Z"}
    for arguments in (
        ["init", "--quiet"],
        ["add", "--all"],
        ["commit", "--quiet", "--message", "x"],
        ["update-ref", "refs/remotes/origin/main", "HEAD"],
    ):
        command = ["git", *identity, *arguments]
        subprocess.run(command, cwd=repo, check=True, capture_output=True, env=environment)
    return repo
