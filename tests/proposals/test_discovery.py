"""Which files are looked at, and how they are opened."""

from __future__ import annotations

import os
from pathlib import Path

from fep_tools.proposals import discovery


def make(root: Path, *paths: str) -> None:
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text("x", "utf-8")


def test_globs_match_in_order(tmp_path: Path) -> None:
    make(tmp_path, "b/2.rst", "a/1.rst", "a/README.rst", "a/x.txt", "1.rst", "a/b/3.rst")
    assert discovery.discover(tmp_path, ["*/*.rst"], ["*/README.rst"]) == ["a/1.rst", "b/2.rst"]


def test_hidden_and_backup_files_are_passed_over(tmp_path: Path) -> None:
    make(tmp_path, "a/.1.rst", "a/#1.rst", "a/1.rst~", ".b/1.rst", "a/2.rst")
    assert discovery.discover(tmp_path, ["*/*"], []) == ["a/2.rst"]


def test_a_linked_folder_is_not_entered(tmp_path: Path) -> None:
    make(tmp_path, "outside/1.rst", "root/a/2.rst")
    (tmp_path / "root" / "b").symlink_to(tmp_path / "outside")
    assert discovery.discover(tmp_path / "root", ["*/*.rst"]) == ["a/2.rst"]


def test_a_folder_that_is_not_there_holds_nothing(tmp_path: Path) -> None:
    assert discovery.discover(tmp_path / "no", ["*/*.rst"]) == []


def test_a_stamp_stands_for_contents_that_have_settled(tmp_path: Path) -> None:
    make(tmp_path, "a", "b")
    later = (tmp_path / "b").lstat().st_ctime + 10
    first = discovery.stamp_files(tmp_path, ["a", "b"], later)
    assert first is not None
    assert discovery.stamp_files(tmp_path, ["a", "b"], later - 9.5) is None
    assert discovery.stamp_files(tmp_path, ["a", "gone"], later) is None
    times = (tmp_path / "a").stat()
    (tmp_path / "a").write_text("y", "utf-8")
    os.utime(tmp_path / "a", ns=(times.st_atime_ns, times.st_mtime_ns))
    assert discovery.stamp_files(tmp_path, ["a", "b"], later + 10) != first


def test_pictures_are_found_beside_proposals_and_in_folders_there(tmp_path: Path) -> None:
    make(tmp_path, "p/1.rst", "p/b.PNG", "p/x/a.svg", "p/x/y/c.gif", "q/d.png", "p/e.txt")
    make(tmp_path, "p/x/y/z/f.png")
    (tmp_path / "p" / "link.png").symlink_to("b.PNG")
    (tmp_path / "p" / "folder.png").mkdir()
    assert discovery.find_images(tmp_path, ["p/*.rst"]) == ["p/b.PNG", "p/x/a.svg", "p/x/y/c.gif"]
    assert "q/d.png" in discovery.find_images(tmp_path, ["*/*.rst"])
