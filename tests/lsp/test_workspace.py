"""Editors show what ``fep check`` reports."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from fep_tools.diagnostics import CheckOptions
from fep_tools.lsp.workspace import Workspace
from fep_tools.repository import Repository

from ..conftest import TODAY
from .conftest import TEXTS

ROOT = Path(__file__).parents[2]


@pytest.fixture
def workspace() -> Iterator[Workspace]:
    workspace = Workspace(Repository.open(ROOT))
    yield workspace
    workspace.close()


def test_diagnostics_are_those_of_a_check(workspace: Workspace) -> None:
    """Every third line of all proposals is removed, so that there are findings."""
    repository = workspace.repository
    broken = {path: _broken(repository.text(path)) for path in repository.paths}
    replaced = {path: text.encode() for path, text in broken.items()}
    for path, text in broken.items():
        workspace.update(path, text)
    result = repository.check(CheckOptions(TODAY, tuple(broken), jobs=1), overrides=replaced)
    assert len({one.code for one in result.diagnostics}) > 10
    diagnostics = [one for path in broken for one in workspace.diagnostics(path, TODAY)]
    assert _facts(diagnostics) == _facts(result.diagnostics)


def _broken(text: str) -> str:
    return "".join(line for n, line in enumerate(text.splitlines(True)) if n % 3 != 1)


def _facts(diagnostics: object) -> list[str]:
    assert isinstance(diagnostics, list | tuple)
    return sorted(map(repr, diagnostics))


def test_a_text_that_cannot_be_encoded_is_reported(workspace: Workspace) -> None:
    workspace.update("proposals/fep-0001.rst", "FEP: 1\nTitle: \ud800\n")
    (found,) = workspace.diagnostics("proposals/fep-0001.rst", TODAY)
    assert "is not UTF-8" in found.message


@pytest.mark.parametrize("root", ["real", "link"])
@pytest.mark.parametrize(
    ("file", "path"),
    [
        ("real/proposals/fep-0011.rst", "proposals/fep-0011.rst"),
        ("link/proposals/fep-0011.rst", "proposals/fep-0011.rst"),
        ("link/proposals/../proposals/new.rst", "proposals/new.rst"),
        ("elsewhere.rst", None),
    ],
)
def test_a_file_is_found_behind_links(
    checkout: Callable[..., Path], tmp_path_factory: pytest.TempPathFactory,
    root: str, file: str, path: str | None,
) -> None:  # fmt: skip
    home = tmp_path_factory.mktemp("home")
    for name in ("real", "link"):
        (home / name).symlink_to(checkout(dict(TEXTS)))
    workspace = Workspace(Repository.open(home / root))
    assert workspace.path_of(home / file) == path
    workspace.close()


@pytest.mark.parametrize(("autocrlf", "found"), [("true", False), ("false", True)])
def test_line_ends_of_an_editor_are_those_that_git_would_store(
    checkout: Callable[..., Path], autocrlf: str, found: bool
) -> None:
    root = checkout(dict(TEXTS))
    for arguments in (["init", "--quiet"], ["config", "core.autocrlf", autocrlf]):
        subprocess.run(["git", *arguments], cwd=root, check=True)
    workspace = Workspace(Repository.open(root))
    path = "proposals/fep-0011.rst"
    workspace.update(path, TEXTS["fep-0011.rst"].replace("\n", "\r\n"))
    codes = {diagnostic.code for diagnostic in workspace.diagnostics(path, TODAY)}
    assert ("C009" in codes) is found
    workspace.close()
