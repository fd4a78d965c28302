"""Editors show what ``fep check`` reports."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from fep_tools.diagnostics import CheckOptions
from fep_tools.lsp.workspace import ErrorLog, Workspace, Workspaces
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


def test_a_workspace_is_kept_until_the_configuration_changes(checkout: Callable[..., Path]) -> None:
    root = checkout(dict(TEXTS))
    workspaces = Workspaces(lambda _directory: Repository.open(root))
    file = root / "proposals" / "fep-0011.rst"
    assert workspaces.sync([file]) == []
    (first,) = workspaces
    assert workspaces.sync([file]) == []
    assert list(workspaces) == [first]
    (root / "proposals" / "docutils.conf").write_text("", "utf-8")
    workspaces.sync([file])
    (second,) = workspaces
    assert second is not first
    workspaces.sync([])
    assert list(workspaces) == []
    assert workspaces.find(file) is None


def test_an_error_is_shown_once_until_it_is_resolved() -> None:
    errors = ErrorLog()
    assert errors.unreported(["a", "b", "a"]) == ["a", "b"]
    assert errors.unreported(["a"]) == []
    assert errors.unreported(["b"]) == ["b"]
