"""The repositories of open files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from fep_tools.lsp.workspaces import ErrorLog, Workspaces
from fep_tools.repository import Repository

from .conftest import TEXTS


def test_a_workspace_is_kept_until_the_configuration_changes(checkout: Callable[..., Path]) -> None:
    root = checkout(dict(TEXTS))
    workspaces = Workspaces(lambda _directory: Repository.open(root))
    file = root / "proposals" / "fep-0011.rst"
    assert workspaces.sync({file: file.as_uri()}) == []
    (first,) = workspaces
    assert workspaces.sync({file: file.as_uri()}) == []
    assert list(workspaces) == [first]
    (root / "proposals" / "docutils.conf").write_text("", "utf-8")
    workspaces.sync({file: file.as_uri()})
    (second,) = workspaces
    assert second is not first
    workspaces.sync({})
    assert list(workspaces) == []
    assert workspaces.find(file) is None


@pytest.mark.parametrize("name", ["a" * 300 + ".rst", "a" * 300 + "/a.rst", "a/" * 3000 + "a.rst"])
def test_a_name_that_no_file_can_have_does_not_matter_to_others(
    checkout: Callable[..., Path], name: str
) -> None:
    root = checkout(dict(TEXTS))
    proposals = root / "proposals"
    workspaces = Workspaces(
        lambda directory: Repository.open(root if directory == proposals else directory)
    )
    files = [root / name, proposals / name, proposals / "fep-0011.rst"]
    assert workspaces.sync({file: file.as_uri() for file in files}) == []
    assert workspaces.find(proposals / "fep-0011.rst") is not None
    for file in files:
        workspaces.refresh(file)


def test_an_error_is_shown_once_until_it_is_resolved() -> None:
    errors = ErrorLog()
    assert errors.unreported(["a", "b", "a"]) == ["a", "b"]
    assert errors.unreported(["a"]) == []
    assert errors.unreported(["b"]) == ["b"]
