"""New texts of files, written all at once or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from fep_tools._files import as_text
from fep_tools.errors import RepositoryError
from fep_tools.history.worktree import WorkingTree
from fep_tools.repository.rewriting import rewrite


def test_all_files_get_their_new_texts(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).write_text("old\n", "utf-8")
    before = {"a": "old\n", "b": "old\n"}
    rewrite(WorkingTree(tmp_path), {"a": "new\n", "b": "x\n"}, before, {"c": b"y"})
    assert [(tmp_path / name).read_bytes() for name in "abc"] == [b"new\n", b"x\n", b"y"]


@pytest.mark.parametrize("data", ["Größe\n".encode("latin-1"), b"\xed\xa0\x80\n", b"a\xff"])
def test_a_file_that_is_not_utf_8_stays(tmp_path: Path, data: bytes) -> None:
    """What was read of it has other characters in place of its own."""
    (tmp_path / "a").write_bytes(data)
    (tmp_path / "b").write_text("old\n", "utf-8")
    before = {"a": as_text(data), "b": "old\n"}
    with pytest.raises(RepositoryError, match="a: cannot be read as UTF-8; nothing was written"):
        rewrite(WorkingTree(tmp_path), {"a": f"{as_text(data)}x\n", "b": "new\n"}, before)
    assert (tmp_path / "a").read_bytes() == data
    assert (tmp_path / "b").read_text("utf-8") == "old\n"


def test_a_link_stays(tmp_path: Path) -> None:
    (tmp_path / "target").write_text("text\n", "utf-8")
    (tmp_path / "a").symlink_to("target")
    with pytest.raises(RepositoryError, match="a: cannot be read as UTF-8"):
        rewrite(WorkingTree(tmp_path), {"a": "new\n"}, {"a": ""})
    assert (tmp_path / "a").is_symlink()
    assert (tmp_path / "target").read_text("utf-8") == "text\n"


def test_a_file_that_was_removed_was_changed(tmp_path: Path) -> None:
    with pytest.raises(RepositoryError, match="a: changed while this command ran"):
        rewrite(WorkingTree(tmp_path), {"a": "new\n"}, {"a": "old\n"})
    assert not (tmp_path / "a").exists()
