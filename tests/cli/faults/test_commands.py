"""Faults that may meet any command: a full disk, closed streams, Ctrl-C, a kill.

A new command has to be listed in :mod:`.commands`.
"""

from __future__ import annotations

import errno
import os
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from fep_tools import _atomic

from ..drafts import Run
from ..test_main import LEAVES
from .commands import arguments, COMMANDS, ELSEWHERE, prepare, tree, WRITES

ENTRY = "from fep_tools.cli.entry import main; main()"


@pytest.fixture
def root(git_repo: Path, run: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    prepare(git_repo)
    assert run(git_repo, "baseline", "write", "--no-cache")[0] == 0
    bad = git_repo / "proposals" / "fep-0012.rst"
    bad.write_text(bad.read_text("utf-8").replace("2026-01-02", "2 January 2026"), "utf-8")
    return git_repo


def environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name != "CI"}
    return kept | {"SOURCE_DATE_EPOCH": "1795219200"}


def start(root: Path, command: str, program: str = ENTRY) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", program, *arguments(command)],
        cwd=root, env=environment(), text=True, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def test_every_command_is_listed() -> None:
    assert set(COMMANDS) == {" ".join(name) for name in LEAVES}
    assert set(COMMANDS) >= WRITES | ELSEWHERE
    for name in COMMANDS:
        assert arguments(name)[: name.count(" ") + 1] == name.split()


# A disk that takes nothing -----------------------------------------------------------------------


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EACCES, errno.EROFS], ids=os.strerror)
@pytest.mark.parametrize("command", sorted(WRITES - {"build"}))
def test_what_cannot_be_written_changes_nothing(
    run: Run, root: Path, monkeypatch: pytest.MonkeyPatch, command: str, code: int
) -> None:
    def fail(path: Path, data: bytes, mode: int) -> None:
        if code == errno.ENOSPC:  # the disk takes a part of it
            write(path, data[: len(data) // 2], mode)
        raise OSError(code, os.strerror(code), os.fspath(path))

    write = _atomic._write
    before = tree(root)
    monkeypatch.setattr(_atomic, "_write", fail)
    status, _out, err = run(root, *arguments(command))
    assert status == 2
    assert err.count("\n") == 1
    reason = os.strerror(code).lower()
    assert f": cannot be written: {reason}" in err
    assert ".tmp" not in err
    assert tree(root) == before


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="a full disk is made with tmpfs")
@pytest.mark.parametrize("command", sorted(WRITES))
def test_a_full_disk(root: Path, command: str) -> None:
    with full_disk(root) as place:
        before = tree(place)
        process = start(place, command)
        _out, err = process.communicate()
        assert process.returncode == 2, err
        assert "Traceback" not in err
        assert "cannot be written" in err.splitlines()[-1]
        after = tree(place)
        if command == "build":  # says so, and the next one writes it again
            after = {p: data for p, data in after.items() if not p.startswith("build/")}
        assert after == before


@contextmanager
def full_disk(root: Path) -> Iterator[Path]:
    """Give a copy of the repository on a small disk that is full."""
    place = root.parent / f"{root.name}-disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "none", str(place)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("a small disk cannot be mounted here")
    try:
        shutil.copytree(
            root, place, dirs_exist_ok=True, ignore=shutil.ignore_patterns(".fep_cache")
        )
        with (place / "full").open("wb", 0) as file, suppress(OSError):
            while True:
                file.write(b"x" * 1024)
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=True)


WITHOUT_PRIVILEGES = [
    "setpriv", "--inh-caps=-dac_override,-dac_read_search,-fowner",
    "--bounding-set=-dac_override,-dac_read_search,-fowner",
]  # fmt: skip
"""Without these, modes of files count for the super-user too."""


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="there are no modes of directories")
@pytest.mark.parametrize("command", sorted(WRITES))
def test_a_directory_that_nobody_may_write_to(root: Path, command: str) -> None:
    prefix = WITHOUT_PRIVILEGES if os.geteuid() == 0 else []
    if prefix and not shutil.which("setpriv"):
        pytest.skip("setpriv is missing, without which the super-user may write anywhere")
    shutil.rmtree(root / ".fep_cache", ignore_errors=True)
    directories = [root, *(p for p in root.rglob("*") if p.is_dir() and ".git" not in p.parts)]
    for directory in directories:
        directory.chmod(0o555)
    before = tree(root)
    done = subprocess.run(
        [*prefix, sys.executable, "-c", ENTRY, *arguments(command)],
        cwd=root, env=environment(), capture_output=True, text=True, check=False,
    )  # fmt: skip
    for directory in directories:
        directory.chmod(0o755)
    assert done.returncode == 2, done.stderr
    assert done.stderr.splitlines()[-1].lower().endswith(("permission denied", "its directory"))
    assert ".tmp" not in done.stderr
    assert str(root) not in done.stderr
    assert tree(root) == before


# Closed streams ----------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")
@pytest.mark.parametrize("command", sorted(set(COMMANDS) - {"lsp"}))
def test_closed_streams(root: Path, command: str) -> None:
    """Also: commands that are not listed as writing change no file."""
    fep = shlex.join([sys.executable, "-c", ENTRY, *arguments(command)])
    before = tree(root)

    def shell(rest: str) -> subprocess.CompletedProcess[str]:
        if command in WRITES:
            shutil.rmtree(root)
            shutil.copytree(saved, root, symlinks=True)
        return subprocess.run(
            ["bash", "-c", f"set -o pipefail; {fep} {rest}"],
            cwd=root, env=environment(), capture_output=True, text=True, check=False,
        )  # fmt: skip

    saved = root.parent / f"{root.name}-saved"
    if command in WRITES:
        shutil.copytree(root, saved, symlinks=True)
    expected = shell("")
    for rest in (">&-", "2>&-", "| head -c 0", "<&- >&- 2>&-", "> /dev/full", "2> /dev/full"):
        done = shell(rest)
        is_lost = expected.stdout and rest == "> /dev/full"
        assert "Traceback" not in done.stderr, rest
        assert done.returncode == (2 if is_lost else expected.returncode), (rest, done.stderr)
    if command not in WRITES:
        assert tree(root) == before


# Ctrl-C and SIGTERM ------------------------------------------------------------------------------

INTERRUPT = """
import os, signal, sys
class Finder:
    modules = None
    def find_spec(self, name, *_):
        if Finder.modules is not None:
            Finder.modules += 1
            if Finder.modules == {count}:
                os.kill(os.getpid(), signal.{name})
        if name == "fep_tools.cli.entry":
            Finder.modules = 0
sys.meta_path.insert(0, Finder())
"""
"""Interrupts itself when it imports a module for the *count*-th time: no clock is involved."""


def interrupt(root: Path, command: str, name: str, count: int) -> None:
    process = start(root, command, INTERRUPT.format(name=name, count=count) + ENTRY)
    out, err = process.communicate()
    if process.returncode != 130:  # it has imported less than that
        assert count > 40, err
        assert process.returncode in (0, 1, 2), err
    assert "Traceback" not in out + err
    assert len(err.strip().splitlines()) <= 1 or process.returncode != 130
    assert not list(root.rglob("*.tmp"))


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
@pytest.mark.parametrize("count", [3, 10, 40, 200])
@pytest.mark.parametrize("command", ["check", "new"])
def test_an_interrupted_import(root: Path, command: str, name: str, count: int) -> None:
    interrupt(root, command, name, count)


@pytest.mark.slow
@pytest.mark.parametrize("count", [1, 5, 20, 80, 160, 320, 640])
@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_can_be_interrupted(root: Path, command: str, count: int) -> None:
    interrupt(root, command, "SIGINT", count)


# SIGKILL -----------------------------------------------------------------------------------------

KILL = """
import os, signal
def deadly(call):
    def call_or_die(*arguments, **options):
        global left
        left -= 1
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)
        return call(*arguments, **options)
    return call_or_die
for name in ("fsync", "link", "rename", "replace", "unlink"):
    setattr(os, name, deadly(getattr(os, name)))
left = {count}
"""
"""Kills itself before it changes a directory, or has data written, for the *count*-th time."""


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there is no such signal")
@pytest.mark.parametrize("count", range(1, 7))
@pytest.mark.parametrize("command", sorted(WRITES - {"build"}))
def test_a_killed_command_leaves_whole_files(root: Path, command: str, count: int) -> None:
    saved = root.parent / f"{root.name}-saved"
    shutil.copytree(root, saved, symlinks=True)
    before = tree(root)
    expected = start(saved, command)
    expected.communicate()
    after = tree(saved)
    killed = start(root, command, KILL.format(count=count) + ENTRY)
    killed.communicate()
    found = {p: data for p, data in tree(root).items() if not p.endswith(".tmp")}
    for path in found:
        assert found[path] in (before.get(path), after.get(path)), path
    assert found.keys() >= before.keys() & after.keys()
    again = start(root, command)
    _out, err = again.communicate()
    # These refuse to do again what was finished when they were killed.
    is_done = command in {"adopt", "init", "new"} and found.keys() == after.keys()
    assert again.returncode in ({0, 1, 2} if is_done else {0, 1}), err
    shutil.rmtree(saved)


# Many at once ------------------------------------------------------------------------------------


@pytest.mark.slow
def test_sixteen_processes_at_once(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = ["new"] * 6 + ["check"] * 4 + ["transition"] * 4 + ["build"] * 2
    processes = []
    for n, name in enumerate(names):
        monkeypatch.setitem(COMMANDS, "new", f"new 'Views {n}' --author A")
        processes.append(start(root, name))
    results = [
        (name, *p.communicate(), p.returncode) for name, p in zip(names, processes, strict=True)
    ]
    for name, _out, err, status in results:
        assert status in (0, 1, 2), err
        assert "Traceback" not in err
        assert "internal error" not in err
        assert name != "new" or status == 0, err
    files = {p.name for p in (root / "proposals").iterdir()}
    assert files == {f"fep-{number:04}.rst" for number in range(10, 19)}
    created = [out for name, out, _err, _status in results if name == "new"]
    assert len(set(created)) == 6
    texts = {p.name: p.read_text("utf-8") for p in (root / "proposals").iterdir()}
    assert sum("\nTitle: Views " in text for text in texts.values()) == 6
    # At least one of each has won, and none has undone what another did.
    assert "2 January" not in texts["fep-0012.rst"]
    assert "\nStatus: Withdrawn\n" in texts["fep-0010.rst"]
