"""Working trees that differ from what was committed: line ends, and sparse checkouts."""

from __future__ import annotations

from pathlib import Path

import pytest

from fep_tools.errors import RepositoryError
from fep_tools.history.worktree import has_crlf, WorkingTree

from .repositories import Made

LF, CRLF = b"one\ntwo\n", b"one\r\ntwo\r\n"


@pytest.mark.parametrize(
    ("autocrlf", "attributes", "committed", "stored"),
    [
        ("", "", LF, False),
        ("false", "", LF, False),
        ("true", "", LF, True),
        ("True", "", LF, True),
        ("1", "", LF, True),
        ("input", "", LF, True),
        ("true", "", None, True),  # not added yet
        ("", "", None, False),
        ("true", "", CRLF, False),  # git leaves it as it is
        ("true", "*.rst -text", LF, False),
        ("true", "*.rst binary", LF, False),
        ("true", "*.txt text", LF, True),
        ("", "*.rst text", LF, True),
        ("", "*.rst text eol=crlf", LF, True),
        ("", "*.rst eol=crlf", LF, True),
        ("", "*.rst text=auto", LF, True),
        ("", "*.rst text=auto eol=lf", LF, True),
        ("", "*.rst text", None, True),
        ("", "* text=auto", CRLF, False),
        ("", "*.rst text eol=crlf", CRLF, False),  # it was committed with CR LF
    ],
)
def test_which_line_ends_git_would_store(
    made: Made, autocrlf: str, attributes: str, committed: bytes | None, stored: bool
) -> None:
    name = "proposals/é ü.rst"
    made.commit({"other": "1"})
    if committed is not None:
        made.commit({name: committed})
    made.write(".gitattributes", attributes)
    if autocrlf:
        made.git("config", "core.autocrlf", autocrlf)
    made.write(name, CRLF)
    for root, path in ((made.root, name), (made.root / "proposals", "é ü.rst")):
        found = WorkingTree(root).stored_with_line_feeds([path])
        assert found == (frozenset({path}) if stored else frozenset())


def test_a_binary_file_has_no_line_ends() -> None:
    assert has_crlf(CRLF)
    assert not has_crlf(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")


def test_what_git_stores_is_what_git_adds(made: Made) -> None:
    made.git("config", "core.autocrlf", "true")
    made.commit({"a.rst": CRLF})
    assert made.answer("cat-file", "blob", "HEAD:a.rst") == LF


def test_many_files(made: Made) -> None:
    made.git("config", "core.autocrlf", "true")
    names = [f"{number}.rst" for number in range(450)]
    made.commit(dict.fromkeys(names, LF))
    for name in names:
        made.write(name, CRLF)
    assert WorkingTree(made.root).stored_with_line_feeds(names) == set(names)


def test_without_git_nothing_is_known(tmp_path: Path) -> None:
    tree = WorkingTree(tmp_path)
    assert tree.stored_with_line_feeds(["a.rst"]) == frozenset()
    assert tree.skipped == {}


def test_no_filter_of_the_repository_runs(made: Made, tmp_path: Path) -> None:
    made.commit({"a.rst": LF})
    made.write(".gitattributes", "*.rst filter=evil text")
    made.git("config", "filter.evil.clean", f"touch '{tmp_path}/canary'")
    made.write("a.rst", CRLF)
    assert WorkingTree(made.root).stored_with_line_feeds(["a.rst"]) == {"a.rst"}
    assert not (tmp_path / "canary").exists()


FILES = {"fep/a": "1", "proposals/b.rst": "2", "proposals/c.rst": "", "top": "4"}
SPARSE = [
    ("--cone", ["fep"], {"proposals/b.rst", "proposals/c.rst"}),
    ("--cone", ["proposals"], {"fep/a"}),
    ("--no-cone", ["/proposals/b.rst"], {"fep/a", "proposals/c.rst", "top"}),
    ("--no-cone", ["/*", "!/proposals/"], {"proposals/b.rst", "proposals/c.rst"}),
    ("--sparse-index", ["fep"], {"proposals/b.rst", "proposals/c.rst"}),
]


@pytest.mark.parametrize(("mode", "patterns", "skipped"), SPARSE)
@pytest.mark.parametrize("worktree", [False, True])
def test_sparse_checkouts(
    made: Made, tmp_path: Path, mode: str, patterns: list[str], skipped: set[str], worktree: bool
) -> None:
    made.commit(FILES)
    root = made.root
    if worktree:
        root = tmp_path / "worktree"
        made.git("worktree", "add", "--quiet", str(root))
    made.git("-C", str(root), "sparse-checkout", "set", mode, *patterns)
    tree = WorkingTree(root)
    assert set(tree.skipped) == skipped
    contents = {path: FILES[path].encode() for path in skipped}
    assert tree.read_skipped([*skipped, "fep/a", "nowhere"]) == contents | (
        {"fep/a": b"1"} if "fep/a" in skipped else {}
    )
    (root / "fep").mkdir(exist_ok=True)
    (root / "fep" / "a").write_text("written")  # what is on disk counts
    assert set(WorkingTree(root).skipped) == skipped - {"fep/a"}


def test_paths_of_a_sparse_checkout_are_below_the_root(made: Made) -> None:
    made.commit(FILES)
    made.git("sparse-checkout", "set", "--no-cone", "/proposals/b.rst")
    assert set(WorkingTree(made.root / "proposals").skipped) == {"c.rst"}


def test_a_deleted_file_is_not_skipped(made: Made) -> None:
    made.commit(FILES)
    made.git("sparse-checkout", "set", "proposals")
    (made.root / "proposals" / "b.rst").unlink()
    assert set(WorkingTree(made.root).skipped) == {"fep/a"}
    made.git("sparse-checkout", "disable")
    assert WorkingTree(made.root).skipped == {}


def test_a_partial_clone_lacks_what_the_sparse_checkout_leaves_out(
    made: Made, tmp_path: Path
) -> None:
    made.commit(FILES)
    made.git("config", "uploadpack.allowFilter", "true")
    clone = tmp_path / "partial"
    made.git(
        "clone", "--quiet", "--filter=blob:none", "--sparse", f"file://{made.root}", str(clone)
    )
    tree = WorkingTree(clone)
    assert set(tree.skipped) == {"fep/a", "proposals/b.rst", "proposals/c.rst"}
    with pytest.raises(RepositoryError, match="run git sparse-checkout disable"):
        tree.read_skipped(["proposals/b.rst"])
