"""Files that are no proposals, and would change how proposals are read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from fep_tools.proposals.discovery import find_interfering_files
from fep_tools.repository import Repository


def make(root: Path, *paths: str) -> None:
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text("[general]\n", "utf-8")


def test_they_are_found_beside_proposals_and_at_the_root(tmp_path: Path) -> None:
    make(tmp_path, "docutils.conf", "proposals/docutils.conf", "docs/docutils.conf")
    assert find_interfering_files(tmp_path, ["proposals/*.rst"]) == [
        "docutils.conf",
        "proposals/docutils.conf",
    ]


def test_every_folder_that_may_hold_proposals_counts(tmp_path: Path) -> None:
    make(tmp_path, "draft/docutils.conf", "final/docutils.conf")
    assert find_interfering_files(tmp_path, ["*/*.rst", "*/*.md"]) == [
        "draft/docutils.conf",
        "final/docutils.conf",
    ]


def test_a_repository_tells_its_rules_of_them(checkout: Callable[..., Path]) -> None:
    root = checkout({"docutils.conf": "[general]\n"})
    assert Repository.open(root).corpus().interfering_files == ("proposals/docutils.conf",)


def test_most_repositories_have_none(checkout: Callable[..., Path]) -> None:
    assert Repository.open(checkout()).corpus().interfering_files == ()


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        ("*.rst text working-tree-encoding=UTF-16\n", True),
        ("# working-tree-encoding=UTF-16\n*.rst text\n", False),
        ("*.rst text eol=lf\n", False),
    ],
)
def test_attributes_that_change_bytes_are_strays(tmp_path: Path, text: str, is_told: bool) -> None:
    for folder in ("", "draft/", "docs/"):
        make(tmp_path, f"{folder}.gitattributes")
        (tmp_path / f"{folder}.gitattributes").write_text(text, "utf-8")
    expected = [".gitattributes", "draft/.gitattributes"] if is_told else []
    assert find_interfering_files(tmp_path, ["draft/*.rst"]) == expected
    assert set(find_interfering_files(tmp_path, ["*/*.rst"])) >= set(expected)
    (tmp_path / ".gitattributes").unlink()
    (tmp_path / ".gitattributes").symlink_to("docs/.gitattributes")
    assert find_interfering_files(tmp_path, ["draft/*.rst"]) == expected[1:]
