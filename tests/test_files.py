"""Reading one file: its kind, its size and where it is, before its bytes are read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from fep_tools import _files
from fep_tools._files import read_file, read_text, Refusal
from fep_tools.errors import ConfigError


def test_read_file_returns_the_bytes(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"\xff\r\n")
    assert read_file(tmp_path, "a") == b"\xff\r\n"


def test_read_file_refuses_what_is_no_regular_file(tmp_path: Path) -> None:
    (tmp_path / "target").write_text("x", "utf-8")
    (tmp_path / "link").symlink_to("target")
    (tmp_path / "directory").mkdir()
    os.mkfifo(tmp_path / "pipe")
    for name in ("link", "directory", "pipe"):
        refusal = read_file(tmp_path, name)
        assert isinstance(refusal, Refusal)
        assert refusal.message == f"is a {name}"
        assert refusal.help


def test_read_file_refuses_what_is_behind_a_link_or_outside_of_the_root(tmp_path: Path) -> None:
    root = tmp_path / "root"
    for directory in (tmp_path / "outside", root / "inside"):
        directory.joinpath("b").mkdir(parents=True)
        directory.joinpath("b", "file").write_text("secret", "utf-8")
    root.joinpath("out").symlink_to("../outside")
    root.joinpath("in").symlink_to("inside")
    for name in ("out/b/file", "in/b/file", "in/gone"):
        refusal = read_file(root, name)
        assert isinstance(refusal, Refusal)
        assert refusal.message == "is in a directory that is a link"
    for name in ("../outside/b/file", "inside/../../outside/b/file", f"{root}/inside/b/file"):
        refusal = read_file(root, name)
        assert isinstance(refusal, Refusal)
        assert refusal.message == "is outside of the repository"
    assert read_file(root, "inside/b/file") == b"secret"
    tmp_path.joinpath("link").symlink_to("root")
    assert read_file(tmp_path / "link", "inside/b/file") == b"secret"


def test_settings_may_be_in_a_directory_that_is_a_link_inside_of_the_root(tmp_path: Path) -> None:
    root = tmp_path / "root"
    for directory in (tmp_path / "outside", root / "inside"):
        directory.mkdir(parents=True)
        directory.joinpath("a.toml").write_text("a = 1\n", "utf-8")
    root.joinpath("in").symlink_to("inside")
    root.joinpath("out").symlink_to("../outside")
    assert read_text(root, "in/a.toml", ConfigError) == "a = 1\n"
    with pytest.raises(ConfigError, match="is outside of"):
        read_text(root, "out/a.toml", ConfigError)


def test_read_file_reports_a_missing_file(tmp_path: Path) -> None:
    refusal = read_file(tmp_path, "gone")
    assert isinstance(refusal, Refusal)
    assert refusal.message == "cannot be read: no such file or directory"


def test_read_file_refuses_a_file_that_changes_its_kind_while_it_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between ``lstat`` and ``open`` another process could put a pipe in its place."""
    (tmp_path / "a").write_text("x", "utf-8")
    monkeypatch.setattr(_files, "_REFUSED_KINDS", ())
    os.mkfifo(tmp_path / "pipe")
    refusal = read_file(tmp_path, "pipe")
    assert isinstance(refusal, Refusal)
    assert refusal.message == "is not a regular file"


def test_read_file_refuses_a_large_file(tmp_path: Path) -> None:
    with (tmp_path / "a").open("wb") as file:
        file.truncate(50 * 2**20)
    refusal = read_file(tmp_path, "a")
    assert isinstance(refusal, Refusal)
    assert refusal.message == "is 50.0 MiB large; a file has at most 1 MiB"
