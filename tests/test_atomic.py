"""Atomic writes that follow no link."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from fep_tools import _atomic
from fep_tools.errors import RepositoryError


def test_replace_keeps_the_mode(tmp_path: Path) -> None:
    target = tmp_path / "a.rst"
    target.write_bytes(b"old")
    target.chmod(0o640)
    _atomic.replace(tmp_path, "a.rst", b"new\r\n")
    assert target.read_bytes() == b"new\r\n"
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    assert [p.name for p in tmp_path.iterdir()] == ["a.rst"]


@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_replace_keeps_the_old_file_on_a_full_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    (tmp_path / "a.rst").write_bytes(b"old")
    monkeypatch.setattr(os, call, full)
    message = r"a\.rst: cannot be written: no space left on device; delete something, and run"
    with pytest.raises(RepositoryError, match=message):
        _atomic.replace(tmp_path, "a.rst", b"new")
    assert (tmp_path / "a.rst").read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["a.rst"]


def test_replace_refuses_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").write_bytes(b"old")
    (tmp_path / "link").symlink_to("real")
    with pytest.raises(RepositoryError, match="not a regular file"):
        _atomic.replace(tmp_path, "link", b"new")
    assert (tmp_path / "real").read_bytes() == b"old"


def test_linked_directories_out_of_the_root_are_refused(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "a").write_bytes(b"old")
    (tmp_path / "root").mkdir()
    (tmp_path / "root" / "in").symlink_to(tmp_path / "out")
    with pytest.raises(RepositoryError, match="is outside of"):
        _atomic.replace(tmp_path / "root", "in/a", b"new")
    with pytest.raises(RepositoryError, match="is outside of"):
        _atomic.create(tmp_path / "root", "in/b", b"new")
    assert (tmp_path / "out" / "a").read_bytes() == b"old"


@pytest.mark.skipif(os.geteuid() == 0, reason="the super-user may write anything")
def test_replace_refuses_a_read_only_file(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")
    (tmp_path / "a").chmod(0o444)
    with pytest.raises(RepositoryError, match="read-only"):
        _atomic.replace(tmp_path, "a", b"new")


def test_create_makes_directories_and_never_overwrites(tmp_path: Path) -> None:
    assert _atomic.create(tmp_path, "x/a", b"one")
    assert not _atomic.create(tmp_path, "x/a", b"two")
    assert (tmp_path / "x" / "a").read_bytes() == b"one"
    assert [p.name for p in (tmp_path / "x").iterdir()] == ["a"]


def failing(number: int) -> Any:
    """Return a function that fails as system calls do."""

    def fail(*_: Any, **__: Any) -> None:
        raise OSError(number, os.strerror(number))

    return fail


NOT_THERE = [errno.EPERM, errno.ENOTSUP, errno.ENOSYS]
"""What a file system answers that does not have an operation: exFAT, SMB, FUSE."""


@pytest.mark.parametrize("number", [*NOT_THERE, errno.EACCES, errno.EMLINK, errno.EXDEV])
def test_create_without_hard_links(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    monkeypatch.setattr(os, "link", failing(number))
    assert _atomic.create(tmp_path, "a", b"one")
    assert not _atomic.create(tmp_path, "a", b"two")
    assert (tmp_path / "a").read_bytes() == b"one"
    assert [p.name for p in tmp_path.iterdir()] == ["a"]


def test_create_without_hard_links_keeps_nothing_half_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "link", failing(errno.EPERM))
    monkeypatch.setattr(os, "replace", failing(errno.ENOSPC))
    with pytest.raises(RepositoryError, match="a: cannot be written: no space"):
        _atomic.create(tmp_path, "a", b"one")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("number", [*NOT_THERE, errno.EEXIST])
@pytest.mark.parametrize("links", [True, False])
def test_files_are_written_where_no_rename_over_another_is_possible(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, links: bool
) -> None:
    monkeypatch.setattr(os, "replace", failing(number))
    if not links:
        monkeypatch.setattr(os, "link", failing(number if number != errno.EEXIST else 1))
    assert _atomic.create(tmp_path, "a", b"a long text")
    _atomic.replace(tmp_path, "a", b"new")
    _atomic.write_output(tmp_path / "b", b"other")
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == {"a": b"new", "b": b"other"}


@pytest.mark.parametrize("number", [*NOT_THERE, errno.EINVAL])
@pytest.mark.parametrize("call", ["fsync", "chmod"])
def test_files_are_written_where_they_cannot_be_synchronised_or_have_no_mode(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, call: str
) -> None:
    monkeypatch.setattr(*{"fsync": (os, "fsync"), "chmod": (Path, "chmod")}[call], failing(number))
    assert _atomic.create(tmp_path, "a", b"one")
    _atomic.replace(tmp_path, "a", b"two")
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == {"a": b"two"}


def test_write_output_is_atomic(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    _atomic.write_output(tmp_path / "out.json", b"one")
    _atomic.write_output(tmp_path / "out.json", b"two")
    assert (tmp_path / "out.json").read_bytes() == b"two"
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(RepositoryError, match="no space"):
        _atomic.write_output(tmp_path / "out.json", b"three")
    assert (tmp_path / "out.json").read_bytes() == b"two"
    assert [p.name for p in tmp_path.iterdir()] == ["out.json"]


def test_write_output_refuses_linked_directories(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "here").mkdir()
    (tmp_path / "here" / "build").symlink_to(tmp_path / "elsewhere")
    monkeypatch.chdir(tmp_path / "here")
    with pytest.raises(RepositoryError, match=r"^build: is a link"):
        _atomic.write_output(Path("build/out.json"), b"new")
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_write_output_refuses_a_link(tmp_path: Path) -> None:
    (tmp_path / "precious").write_bytes(b"old")
    (tmp_path / "out.json").symlink_to("precious")
    with pytest.raises(RepositoryError, match=r"out\.json: is a link; nothing was written"):
        _atomic.write_output(tmp_path / "out.json", b"new")
    assert (tmp_path / "precious").read_bytes() == b"old"


def test_write_output_writes_to_devices() -> None:
    _atomic.write_output(Path(os.devnull), b"gone")
    assert Path(os.devnull).is_char_device()


def test_write_output_names_the_file_in_errors(tmp_path: Path) -> None:
    with pytest.raises(RepositoryError, match=r"absent/report\.json: cannot be written: no such"):
        _atomic.write_output(tmp_path / "absent" / "report.json", b"{}")


def test_replace_keeps_what_somebody_saved_in_the_meantime(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"saved")
    with pytest.raises(
        RepositoryError, match="a: was changed while this command ran; run it again"
    ):
        _atomic.replace(tmp_path, "a", b"new", expected=b"old")
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == {"a": b"saved"}
    _atomic.replace(tmp_path, "a", b"new", expected=b"saved")
    assert (tmp_path / "a").read_bytes() == b"new"


ADD_A_LETTER = """
import sys
from pathlib import Path
from fep_tools import _atomic

root = Path(sys.argv[1])
for _ in range(20):
    with _atomic.exclusive(root):
        before = root.joinpath("a").read_bytes()
        _atomic.replace(root, "a", before + b"x")
"""


def test_processes_that_write_at_once_lose_nothing(tmp_path: Path) -> None:
    (tmp_path / "a").touch()
    command = [sys.executable, "-c", ADD_A_LETTER, str(tmp_path)]
    processes = [subprocess.Popen(command) for _ in range(4)]
    assert [process.wait() for process in processes] == [0] * 4
    assert (tmp_path / "a").read_bytes() == b"x" * 80
    assert [p.name for p in tmp_path.iterdir()] == ["a"]


def test_a_killed_process_leaves_no_lock(tmp_path: Path) -> None:
    hold = "import sys, time; from pathlib import Path; from fep_tools import _atomic\n"
    hold += "with _atomic.exclusive(Path(sys.argv[1])): print(flush=True); time.sleep(60)"
    with subprocess.Popen(
        [sys.executable, "-c", hold, str(tmp_path)], stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.kill()
    with _atomic.exclusive(tmp_path):
        pass
    assert not list(tmp_path.iterdir())


def test_a_lock_that_is_never_released_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_atomic, "LOCK_SECONDS", 0)
    with (
        _atomic.exclusive(tmp_path),
        pytest.raises(RepositoryError, match="another fep command is writing"),
        _atomic.exclusive(tmp_path),
    ):
        pass


def test_without_locks_files_are_written_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fcntl.flock", failing(errno.ENOSYS))
    with _atomic.exclusive(tmp_path):
        assert _atomic.create(tmp_path, "a", b"one")
    monkeypatch.setitem(sys.modules, "fcntl", None)  # Windows
    with _atomic.exclusive(tmp_path):
        assert _atomic.create(tmp_path, "b", b"one")
