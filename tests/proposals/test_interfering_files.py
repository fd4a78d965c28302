"""Files that change how proposals are read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from fep_tools.proposals.interfering_files import find_interfering_files, select_interfering_files
from fep_tools.repository import Repository


def make_files(root: Path, *paths: str) -> None:
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text("", "utf-8")


def test_interfering_files_beside_proposals_and_at_the_root(tmp_path: Path) -> None:
    make_files(tmp_path, "docutils.conf", "proposals/docutils.conf", "docs/docutils.conf")
    assert find_interfering_files(tmp_path, ["proposals/*.rst"]) == [
        "docutils.conf",
        "proposals/docutils.conf",
    ]


def test_interfering_files_in_every_directory_of_proposals(tmp_path: Path) -> None:
    make_files(tmp_path, "draft/docutils.conf", "final/docutils.conf")
    assert find_interfering_files(tmp_path, ["*/*.rst", "*/*.md"]) == [
        "draft/docutils.conf",
        "final/docutils.conf",
    ]


def test_the_corpus_has_interfering_files(checkout: Callable[..., Path]) -> None:
    root = checkout({"docutils.conf": "[general]\n"})
    assert Repository.open(root).corpus().interfering_files == ("proposals/docutils.conf",)


def test_most_repositories_have_no_interfering_files(checkout: Callable[..., Path]) -> None:
    assert Repository.open(checkout()).corpus().interfering_files == ()


@pytest.mark.parametrize(
    ("text", "interferes"),
    [
        ("*.rst text working-tree-encoding=UTF-16\n", True),
        ("# working-tree-encoding=UTF-16\n*.rst text\n", False),
        ("*.rst text eol=lf\n", False),
        ('"[!\r#]*rst" working-tree-encoding=UTF-16\n', True),
        ("# a\n" * 400_000 + "*.rst working-tree-encoding=UTF-16\n", True),
    ],
    ids=["encoding", "comment", "line ends", "carriage return", "more than 1 MiB"],
)
def test_attributes_that_convert_files_interfere(
    tmp_path: Path, text: str, interferes: bool
) -> None:
    for directory in ("", "draft/", "docs/"):
        make_files(tmp_path, f"{directory}.gitattributes")
        (tmp_path / f"{directory}.gitattributes").write_bytes(text.encode())
    expected = [".gitattributes", "draft/.gitattributes"] if interferes else []
    assert find_interfering_files(tmp_path, ["draft/*.rst"]) == expected
    assert set(find_interfering_files(tmp_path, ["*/*.rst"])) >= set(expected)
    (tmp_path / ".gitattributes").unlink()
    (tmp_path / ".gitattributes").symlink_to("docs/.gitattributes")
    assert find_interfering_files(tmp_path, ["draft/*.rst"]) == expected[1:]


ENCODING = b"*.rst working-tree-encoding=UTF-16\n"


@pytest.mark.parametrize(
    ("directory", "is_found"),
    [
        ("", True),
        ("doc/", True),
        ("doc/peps/", True),
        ("doc/peps/pep-0007/", True),
        ("doc/peps/pep-0007/deeper/", False),
        ("doc/other/", False),
        ("other/", False),
    ],
)
def test_attributes_on_the_way_to_texts_interfere(
    tmp_path: Path, directory: str, is_found: bool
) -> None:
    """Git reads them in each directory from the top to the file."""
    path = f"{directory}.gitattributes"
    make_files(tmp_path, path)
    (tmp_path / path).write_bytes(ENCODING)
    include, attached = ["doc/peps/*.rst"], ["doc/peps/*/*.txt"]
    expected = [path] if is_found else []
    assert find_interfering_files(tmp_path, include, attached) == expected
    paths = [path, "doc/peps/pep-0007.rst"]
    found = select_interfering_files(paths, include, lambda _path, _limit: ENCODING, attached)
    assert found == expected
