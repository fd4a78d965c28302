"""What an editor is told is what ``fep check`` says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from fep_tools.diagnostics import CheckOptions
from fep_tools.lsp.workspace import Workspace
from fep_tools.lsp.workspaces import Office
from fep_tools.repository import Repository

from ..conftest import TODAY
from .conftest import TEXTS

ROOT = Path(__file__).parents[2]


@pytest.fixture
def desk() -> Iterator[Workspace]:
    desk = Workspace(Repository.open(ROOT))
    yield desk
    desk.close()


def test_it_says_what_a_check_says(desk: Workspace) -> None:
    """Every third line of all proposals is left out, so that there is something to say."""
    repository = desk.repository
    spoilt = {path: _spoilt(repository.text(path)) for path in repository.paths}
    replaced = {path: text.encode() for path, text in spoilt.items()}
    for path, text in spoilt.items():
        desk.write(path, text)
    verdict = repository.check(CheckOptions(TODAY, tuple(spoilt), jobs=1), overrides=replaced)
    assert len({told.code for told in verdict.diagnostics}) > 10
    told = [one for path in spoilt for one in desk.told(path, TODAY)]
    assert _facts(told) == _facts(verdict.diagnostics)


def _spoilt(text: str) -> str:
    return "".join(line for n, line in enumerate(text.splitlines(True)) if n % 3 != 1)


def _facts(told: object) -> list[str]:
    assert isinstance(told, list | tuple)
    return sorted(map(repr, told))


def test_a_text_that_cannot_be_encoded_is_refused_and_told(desk: Workspace) -> None:
    desk.write("proposals/fep-0001.rst", "FEP: 1\nTitle: \ud800\n")
    (found,) = desk.told("proposals/fep-0001.rst", TODAY)
    assert "is not UTF-8" in found.message


def test_a_desk_is_kept_as_long_as_nothing_changes(checkout: Callable[..., Path]) -> None:
    root = checkout(dict(TEXTS))
    office = Office(lambda _folder: Repository.open(root))
    file = root / "proposals" / "fep-0011.rst"
    assert office.arrange([file]) == []
    (first,) = office.desks
    assert office.arrange([file]) == []
    assert list(office.desks) == [first]
    (root / "proposals" / "docutils.conf").write_text("", "utf-8")
    office.arrange([file])
    (second,) = office.desks
    assert second is not first
    office.arrange([])
    assert list(office.desks) == []
    assert office.sheet(file) is None
