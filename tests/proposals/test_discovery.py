"""Finding proposals and images."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any

import pytest

from fep_tools.errors import RepositoryError
from fep_tools.proposals import discovery, image_files


def make_files(root: Path, *paths: str) -> None:
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text("x", "utf-8")


def test_discover_matches_globs_in_order(tmp_path: Path) -> None:
    make_files(tmp_path, "b/2.rst", "a/1.rst", "a/README.rst", "a/x.txt", "1.rst", "a/b/3.rst")
    assert discovery.discover(tmp_path, ["*/*.rst"], ["*/README.rst"]) == ["a/1.rst", "b/2.rst"]


def test_hidden_and_backup_files_are_left_out(tmp_path: Path) -> None:
    make_files(tmp_path, "a/.1.rst", "a/#1.rst", "a/1.rst~", ".b/1.rst", "a/2.rst")
    assert discovery.discover(tmp_path, ["*/*"], []) == ["a/2.rst"]


def test_a_linked_directory_is_not_entered(tmp_path: Path) -> None:
    make_files(tmp_path, "outside/1.rst", "root/a/2.rst")
    (tmp_path / "root" / "b").symlink_to(tmp_path / "outside")
    assert discovery.discover(tmp_path / "root", ["*/*.rst"]) == ["a/2.rst"]


def test_a_missing_directory_is_empty(tmp_path: Path) -> None:
    assert discovery.discover(tmp_path / "no", ["*/*.rst"]) == []


def test_stamp_files(tmp_path: Path) -> None:
    make_files(tmp_path, "a", "b")
    later = (tmp_path / "b").lstat().st_ctime + 10
    first = discovery.stamp_files(tmp_path, ["a", "b"], later)
    assert first is not None
    assert discovery.stamp_files(tmp_path, ["a", "b"], later - 9.5) is None
    assert discovery.stamp_files(tmp_path, ["a", "gone"], later) is None
    times = (tmp_path / "a").stat()
    (tmp_path / "a").write_text("y", "utf-8")
    os.utime(tmp_path / "a", ns=(times.st_atime_ns, times.st_mtime_ns))
    assert discovery.stamp_files(tmp_path, ["a", "b"], later + 10) != first


def test_images_beside_proposals_and_below(tmp_path: Path) -> None:
    make_files(tmp_path, "p/1.rst", "p/b.PNG", "p/x/a.svg", "p/x/y/c.gif", "q/d.png", "p/e.txt")
    make_files(tmp_path, "p/x/y/z/f.png")
    (tmp_path / "p" / "link.png").symlink_to("b.PNG")
    (tmp_path / "p" / "folder.png").mkdir()
    images = image_files.find_images(tmp_path, ["p/*.rst"])
    assert list(images) == ["p/b.PNG", "p/folder.png", "p/link.png", "p/x/a.svg", "p/x/y/c.gif"]
    assert images["p/folder.png"] == "is not a file"
    assert images["p/link.png"] == "is a symbolic link, or in a directory that is one"
    assert "q/d.png" in image_files.find_images(tmp_path, ["*/*.rst"])
    assert len(images) == 5
    assert images.get("q/d.png") is None


def test_files_are_judged_when_they_are_looked_up() -> None:
    judged: list[str] = []

    def judge(path: str) -> str:
        judged.append(path)
        return f"{path} is refused"

    files = image_files.JudgedFiles(["b", "a"], judge)
    assert (list(files), "a" in files, "c" in files, judged) == (["b", "a"], True, False, [])
    assert (files["a"], files["a"], files.get("c")) == ("a is refused", "a is refused", None)
    assert judged == ["a"]


@pytest.mark.parametrize(
    ("number", "reason"),
    [(errno.EACCES, "permission denied"), (errno.EIO, "input/output error")],
    ids=["permissions", "a disk that fails"],
)
def test_a_directory_that_cannot_be_read_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, reason: str
) -> None:
    """Its proposals would be missing from a check that finds nothing."""
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "fep-0001.rst").touch()
    scan = os.scandir

    def scandir(directory: Path) -> Any:
        if directory.name == "b":
            raise OSError(number, os.strerror(number), str(directory))
        return scan(directory)

    monkeypatch.setattr(os, "scandir", scandir)
    with pytest.raises(RepositoryError, match=rf"b: cannot be read: {reason}$"):
        discovery.discover(tmp_path, ["*/fep-*.rst"])
    assert discovery.discover(tmp_path, ["a/*.rst", "c/*.rst"]) == ["a/fep-0001.rst"]
