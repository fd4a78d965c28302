"""The command that measures the repositories of other communities, and its results."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from .communities import (
    _agree,
    BEGIN,
    COMMUNITIES,
    END,
    find_status,
    measure,
    PAGE,
    process_of,
    render,
    render_row,
    update,
)  # fmt: skip

TEXT = """\
REP: {number}
Title: Number {number}
Author: Ada Lovelace
Status: {status}
Type: Process
Content-Type: text/x-rst
Created: 03-Mar-2021

Abstract
========

A ``b``c.
"""
WITHOUT_HEADERS = """\
Notes
=====

Status: Draft
"""


def commit(root: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        root.joinpath(name).parent.mkdir(exist_ok=True)
        root.joinpath(name).write_text(text, "utf-8")
    identity = ("-c", "user.name=Ada", "-c", "user.email=ada@example.org")
    for arguments in (("init", "--quiet"), ("add", "."), (*identity, "commit", "--quiet", "-mX")):
        subprocess.run(
            ["git", "-C", str(root), *arguments],
            check=True,
            env={**os.environ, "GIT_COMMITTER_DATE": "2025-01-02T00:00Z"},
        )


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "rep"
    root.mkdir()
    files = {f"rep-000{n}.rst": TEXT.format(number=n, status="Draft") for n in (1, 2)}
    commit(root, {**files, "rep-0003.rst": WITHOUT_HEADERS, "README.rst": "No proposal.\n"})
    commit(root, {"rep-0001.rst": TEXT.format(number=1, status="Active")})
    return root


def test_a_repository_is_measured(root: Path, tmp_path: Path) -> None:
    found = measure(root, COMMUNITIES["rep"], "rep", tmp_path / "cache")
    assert found.files == ("rep-0001.rst", "rep-0002.rst", "rep-0003.rst")
    assert found.unread == ("rep-0003.rst",)
    assert found.without_page == ()
    assert found.equal == 2
    assert found.different == ("rep-0003.rst: None, in git 'Draft'",)
    assert found.findings["H000"] == 1
    assert found.findings["B060"] == 2
    assert str(found.day) == "2025-01-02"
    row = render_row("rep", found)
    assert f"``{found.commit[:10]}`` (2025-01-02)\n     - 3\n     - 2\n     - 3\n     - 2\n" in row
    table = render({"rep": found})
    assert row in table
    assert "B060: 2" in table.partition("REP\n   ")[2]
    assert "- REP, not read: ``rep-0003.rst``\n" in table


def test_the_table_is_replaced() -> None:
    page = f"Before.\n\n{BEGIN}\nOld.\n\n{END}After.\n"
    assert update(page, "New.\n") == f"Before.\n\n{BEGIN}\nNew.\n\n{END}After.\n"


@pytest.mark.parametrize(
    ("name", "path", "text", "status"),
    [
        ("rep", "rep-0001.rst", "REP: 1\nStatus: Draft \nType: X\n", "Draft"),
        ("nep", "nep-0001.rst", ":Author: Ada\n:Status: Final\n", "Final"),
        ("eip", "EIPS/eip-1.md", "---\neip: 1\nstatus: Living\n---\n", "Living"),
        ("dep", "final/0001-a.rst", ":Status: Draft\n", "Final"),
        (
            "ghc",
            "proposals/0001-a.rst",
            ".. date-accepted:: 2020-01-02\n.. implemented::\n",
            "Accepted",
        ),
        ("ghc", "proposals/0001-a.rst", ".. implemented:: 9.2\n", "Implemented"),
        ("jep", "1-a/a.md", "# A\n", None),
        ("rep", "rep-0001.rst", "REP: 1\nStatus:\nType: X\n", None),
    ],
)
def test_a_status_is_found(
    tmp_path: Path, name: str, path: str, text: str, status: str | None
) -> None:
    commit(tmp_path, {path: text})
    assert find_status(tmp_path, path, COMMUNITIES[name]) == status


@pytest.mark.parametrize(
    ("status", "expected", "agree"),
    [
        ("Final", "Final", True),
        ("Adopted", "Adopted (2009/03/16)", True),
        ("Final", "Finally", False),
        ("Draft", "Final", False),
        (None, "Draft", False),
        ("Draft", None, False),
        (None, None, True),
    ],
)
def test_text_may_follow_a_status(status: str | None, expected: str | None, agree: bool) -> None:
    assert _agree(status, expected) == agree


@pytest.mark.slow
@pytest.mark.corpora
@pytest.mark.parametrize("name", COMMUNITIES)
def test_measures_are_those_in_the_handbook(name: str, tmp_path: Path) -> None:
    directory = os.environ.get("FEP_COMMUNITIES")
    if not directory or not Path(directory, name).is_dir():
        pytest.skip(f"the directory FEP_COMMUNITIES has no {name}")
    page = PAGE.read_text("utf-8")
    commit = _head(Path(directory, name))
    if commit not in page:
        pytest.skip(f"the handbook has the measures of another commit than {commit}")
    found = measure(Path(directory, name), COMMUNITIES[name], process_of(name), tmp_path / "cache")
    assert render_row(name, found) in page


def _head(root: Path) -> str:
    command = ["git", "-C", str(root), "rev-parse", "--short=10", "HEAD"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()
