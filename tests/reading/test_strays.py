"""Files that are no proposals, and would change how proposals are read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from fep_tools.reading.files import strays
from fep_tools.repository import Repository


def make(root: Path, *paths: str) -> None:
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text("[general]\n", "utf-8")


def test_they_are_found_beside_proposals_and_at_the_root(tmp_path: Path) -> None:
    make(tmp_path, "docutils.conf", "proposals/docutils.conf", "docs/docutils.conf")
    assert strays(tmp_path, ["proposals/*.rst"]) == ["docutils.conf", "proposals/docutils.conf"]


def test_every_folder_that_may_hold_proposals_counts(tmp_path: Path) -> None:
    make(tmp_path, "draft/docutils.conf", "final/docutils.conf")
    assert strays(tmp_path, ["*/*.rst", "*/*.md"]) == ["draft/docutils.conf", "final/docutils.conf"]


def test_a_repository_tells_its_rules_of_them(checkout: Callable[..., Path]) -> None:
    root = checkout({"docutils.conf": "[general]\n"})
    assert Repository.open(root).corpus().strays == ("proposals/docutils.conf",)


def test_most_repositories_have_none(checkout: Callable[..., Path]) -> None:
    assert Repository.open(checkout()).corpus().strays == ()
