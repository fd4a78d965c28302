"""A git that hangs, lies, dies or is missing, and repositories that are damaged.

Whatever is wrong, a command that needs git says so and ends with 2. It never goes on as if
nothing had changed, and gives no number that another branch may have.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from fep_tools.history import git_process

from ..drafts import Run
from .commands import tree

GIT = shutil.which("git") or "git"

NEEDS_GIT = {
    "agenda": ["agenda"],
    "announce": ["announce", "HEAD"],
    "check --base": ["check", "--base", "origin/main"],
    "diff": ["diff", "10"],
    "export": ["export", "atom"],
    "list --at": ["list", "--at", "HEAD"],
    "list --format json": ["list", "--format", "json"],
    "log": ["log", "--all"],
    "new": ["new", "Typed views", "--author", "A B"],
    "next": ["next"],
    "overdue": ["overdue"],
    "renumber": ["renumber", "12"],
    "show": ["show", "10"],
    "stats": ["stats"],
    "transition": ["transition", "10", "Withdrawn", "--why", "Nobody needs it."],
}
"""Commands that cannot do what they are for if git fails."""

HALF = f"""exec "{sys.executable}" -c '
import subprocess, sys
output = subprocess.run(sys.argv[1:], stdin=sys.stdin, capture_output=True).stdout
sys.stdout.buffer.write(output[: len(output) // 2])
' {GIT} "$@"
"""

FAULTS = {
    "hangs": ("exec sleep 600", "did not answer for 0 seconds and was stopped"),
    "hangs in a program of its own": ("sleep 600", "did not answer for 0 seconds"),
    "hangs after its answer": (f'{GIT} "$@"\nexec sleep 600', "did not answer for 0 seconds"),
    "prints garbage": ("head -c 3000 /dev/urandom", "is incomplete or damaged"),
    "prints nothing": ("exit 0", "is incomplete or damaged"),
    "prints half": (HALF, "is incomplete or damaged"),
    "fails": ("echo fatal: no >&2; exit 3", 'git ended with 3: "no"'),
    "is killed": ("kill -9 $$", "git was ended by signal 9"),
}


@pytest.fixture
def install(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., None]:
    """Return a function that puts another program in the place of git."""

    def install(program: str, mode: int = 0o755) -> None:
        file = tmp_path_factory.mktemp("bin") / "git"
        file.write_text(program, "utf-8")
        file.chmod(mode)
        monkeypatch.setenv("PATH", f"{file.parent}{os.pathsep}/usr/bin{os.pathsep}/bin")
        if "sleep" in program:
            monkeypatch.setattr(git_process, "SECONDS", 0.2)

    return install


@pytest.mark.slow
@pytest.mark.parametrize("fault", FAULTS)
def test_a_faulty_git_is_an_error(
    run: Run, git_repo: Path, install: Callable[..., None], fault: str
) -> None:
    program, message = FAULTS[fault]
    before = tree(git_repo)
    install(f"#!/bin/sh\n{program}\n")
    for command in NEEDS_GIT.values():
        status, _out, err = run(git_repo, *command)
        assert (status, err.count("\n")) == (2, 1), (command, err)
        assert message in err, command
    assert tree(git_repo) == before


@pytest.mark.parametrize(
    ("program", "mode", "message"),
    [
        ("#!/bin/sh\n", 0o644, "git is not installed, or not on the PATH"),
        ("#!/nowhere/sh\n", 0o755, "git is not installed, or not on the PATH"),
        ("\x7fELF", 0o755, "git cannot be started: exec format error; install it again"),
    ],
)
def test_a_git_that_cannot_be_run(
    run: Run,
    git_repo: Path,
    install: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
    program: str,
    mode: int,
    message: str,
) -> None:
    install(program, mode)
    monkeypatch.setenv("PATH", os.environ["PATH"].partition(os.pathsep)[0])
    before = tree(git_repo)
    for command in NEEDS_GIT.values():
        status, _out, err = run(git_repo, *command)
        assert (status, err) == (2, f"fep: {message}\n"), command
    assert tree(git_repo) == before


def test_without_a_repository_of_git_no_git_is_needed(
    run: Run, repo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    for name in ("new", "next", "renumber", "show", "transition", "overdue", "agenda"):
        assert run(repo, *NEEDS_GIT[name])[0] == 0, name


def test_a_hanging_git_is_asked_once(
    run: Run, git_repo: Path, install: Callable[..., None], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Also if the author of a new proposal would come from git."""
    calls = tmp_path_factory.mktemp("calls") / "calls"
    install(f"#!/bin/sh\necho >> {calls}\nexec sleep 600")
    status, _out, err = run(git_repo, "new", "Typed views")
    assert (status, err.count("did not answer")) == (2, 1)
    assert calls.read_text() == "\n"


# Damaged repositories ---------------------------------------------------------------------------


def truncate_objects(git: Path) -> None:
    for file in (git / "objects").glob("??/*"):
        file.chmod(0o644)
        os.truncate(file, 20)


def truncate_pack(git: Path) -> None:
    subprocess.run(["git", "-C", git.parent, "gc", "--quiet"], check=True)
    (pack,) = (git / "objects" / "pack").glob("*.pack")
    pack.chmod(0o644)
    os.truncate(pack, 60)


def remove_objects(git: Path) -> None:
    for file in (git / "objects").glob("??/*"):
        file.unlink()


DAMAGES = {
    "truncated objects": (truncate_objects, "the git repository is damaged; run git fsck"),
    "truncated pack": (truncate_pack, ""),
    "missing objects": (remove_objects, ""),
    "empty HEAD": (lambda git: (git / "HEAD").write_text(""), "is not a git repository; HEAD"),
    "HEAD of nothing": (lambda git: (git / "HEAD").write_text("x\n"), "is not a git repository"),
    "no HEAD": (lambda git: (git / "HEAD").unlink(), "is not a git repository; HEAD"),
    "no objects": (lambda git: shutil.rmtree(git / "objects"), "is not a git repository"),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_repository_is_an_error(run: Run, git_repo: Path, damage: str) -> None:
    make, message = DAMAGES[damage]
    make(git_repo / ".git")
    before = tree(git_repo)
    for command in NEEDS_GIT.values():
        status, _out, err = run(git_repo, *command)
        assert status == 2, (command, err)
        assert err.count("\n") == 1, (command, err)
        assert message in err, (command, err)
    assert tree(git_repo) == before
