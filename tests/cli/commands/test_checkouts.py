"""Checkouts that git has made differently from what was committed."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ...conftest import ROOT
from ..drafts import BAD, Run


def git(directory: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=Ada", "-c", "user.email=a@example.org"]
    subprocess.run(["git", *identity, *arguments], cwd=directory, check=True, capture_output=True)


@pytest.fixture
def windows(git_repo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clone that Git for Windows has made: each line of each file ends with CR LF."""
    clone = tmp_path_factory.mktemp("windows") / "clone"
    git(git_repo.parent, "clone", "-c", "core.autocrlf=true", str(git_repo), str(clone))
    assert b"\r\n" in (clone / "proposals" / "fep-0010.rst").read_bytes()
    return clone


def test_line_ends_that_git_has_written_are_no_finding(run: Run, windows: Path) -> None:
    assert run(windows, "check", "--strict")[0] == 0
    status, out, err = run(windows, "check", "--strict", "--base", "origin/HEAD")
    assert (status, out, err) == (0, "3 files checked: no findings\n", "")


def test_the_cache_does_not_hide_a_changed_setting(run: Run, windows: Path) -> None:
    assert run(windows, "check", "--select", "C009")[1] == "3 files checked: no findings\n"
    git(windows, "config", "core.autocrlf", "false")
    assert "3 warnings" in run(windows, "check", "--select", "C009")[1]


def test_committed_line_ends_are_a_finding(run: Run, git_repo: Path) -> None:
    file = git_repo / "proposals" / "fep-0010.rst"
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    git(git_repo, "commit", "-a", "-m", "x")
    git(git_repo, "config", "core.autocrlf", "true")
    assert "fep-0010.rst:1:8: warning C009" in run(git_repo, "check", "--format", "concise")[1]


def test_fixes_keep_the_line_ends_of_the_checkout(run: Run, windows: Path) -> None:
    file = windows / "proposals" / "fep-0010.rst"
    broken = BAD.format(n=10).replace("\n", "\r\n").encode()
    file.write_bytes(broken)
    assert run(windows, "check", "--fix", "--select", "H")[0] == 0
    assert file.read_bytes() == broken.replace(b"2 January 2026", b"2026-01-02")
    status, out, _err = run(windows, "renumber", "11", "14")
    assert status == 0, out
    assert (windows / "proposals" / "fep-0014.rst").read_bytes().startswith(b"FEP: 14\r\n")
    assert run(windows, "check", "--select", "C009")[0] == 0


def test_a_buffer_keeps_its_line_ends(
    run: Run, windows: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = BAD.format(n=10).replace("\n", "\r\n").encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(broken)))
    output = io.TextIOWrapper(io.BytesIO(), newline="")
    monkeypatch.setattr(sys, "stdout", output)
    name = "proposals/fep-0010.rst"
    assert run(windows, "check", "-", "--stdin-filename", name, "--fix", "--select", "H,C")[0] == 0
    assert output.buffer.getvalue() == broken.replace(b"2 January 2026", b"2026-01-02")


@pytest.fixture(params=["fep", "proposals", "/proposals/fep-0011.rst"])
def sparse(
    git_repo: Path, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Path:
    """A clone without some proposals, or without the process."""
    clone = tmp_path_factory.mktemp("sparse") / "clone"
    git(git_repo.parent, "clone", str(git_repo), str(clone))
    mode = "--no-cone" if request.param.startswith("/") else "--cone"
    git(clone, "sparse-checkout", "set", mode, request.param)
    return clone


def test_a_sparse_checkout_misses_nothing(run: Run, sparse: Path) -> None:
    assert run(sparse, "check", "--strict")[:2] == (0, "3 files checked: no findings\n")
    status, out, err = run(sparse, "check", "--base", "origin/HEAD")
    assert (status, out, err) == (0, "3 files checked: no findings\n", "")
    assert len(run(sparse, "list")[1].splitlines()) == 3
    assert run(sparse, "next")[1] == "13\n"
    assert "Title 12" in run(sparse, "show", "12")[1]


def test_links_to_proposals_that_a_sparse_checkout_leaves_out(run: Run, git_repo: Path) -> None:
    file = git_repo / "proposals" / "fep-0011.rst"
    text = file.read_text("utf-8").replace("Type: ", "Requires: 10\nType: ")
    file.write_text(f"{text}\nSee :fep:`12`.\n\n.. image:: fep-0012-a.png\n", "utf-8")
    (git_repo / "proposals" / "fep-0012-a.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    git(git_repo, "add", "--all")
    git(git_repo, "commit", "-m", "x")
    before = run(git_repo, "check", "--format", "concise")[1]
    git(git_repo, "sparse-checkout", "set", "--no-cone", "/proposals/fep-0011.rst")
    assert not (git_repo / "proposals" / "fep-0012.rst").exists()
    assert run(git_repo, "check", "--format", "concise")[1] == before


def test_what_a_sparse_checkout_leaves_out_is_not_written(run: Run, git_repo: Path) -> None:
    file = git_repo / "proposals" / "fep-0010.rst"
    file.write_text(BAD.format(n=10), "utf-8")
    git(git_repo, "commit", "-a", "-m", "x")
    git(git_repo, "sparse-checkout", "set", "--no-cone", "/fep/", "/proposals/fep-0011.rst")
    status, out, _err = run(git_repo, "check", "--fix", "--format", "concise")
    assert status == 1
    assert "fep-0010.rst:7:10: error H103" in out
    assert not file.exists()
    status, out, err = run(git_repo, "transition", "12", "Withdrawn", "--why", "No time.")
    assert status == 2
    assert "proposals/fep-0012.rst: is not in this sparse checkout; run git sparse-" in err
    status, out, err = run(git_repo, "build")
    assert status == 2
    assert "this sparse checkout leaves out 2 proposals, such as proposals/fep-0010.rst" in err


@pytest.mark.parametrize(
    "arguments",
    [
        ("list",), ("list", "--format", "json"), ("list", "--at", "HEAD"), ("show", "10"),
        ("log", "10"), ("log", "--all"), ("stats",), ("next",), ("export", "json"),
        ("export", "atom"), ("export", "ics"), ("export", "bibtex"),
        ("check", "proposals/fep-0010.rst"),
        ("renumber", "11", "15", "--dry-run"), ("check", "--fix", "--select", "H"),
    ],
    ids=" ".join,
)  # fmt: skip
@pytest.mark.parametrize("committed", [True, False])
def test_a_file_or_submodule_of_an_odd_name_spoils_nothing(
    run: Run, git_repo: Path, arguments: tuple[str, ...], committed: bool
) -> None:
    add_odd_files(git_repo, committed=committed)
    status, _out, err = run(git_repo, *arguments)
    assert status == 0, err


def test_a_file_or_submodule_of_an_odd_name_is_reported(run: Run, git_repo: Path) -> None:
    add_odd_files(git_repo, committed=True)
    for arguments in (("check",), ("check", "--base", "HEAD~1")):
        status, out, _err = run(git_repo, *arguments, "--format", "concise")
        assert status == 1
        assert 'C004 [file-name]: the file name "proposals/fep-\\udcff.rst" is not UTF-8' in out
        assert "proposals/fep-0020.rst:1:1: error C001 [file-unreadable]: the file is a dir" in out
        assert "fep-0010.rst:" not in out


def add_odd_files(repo: Path, *, committed: bool) -> None:
    text = (repo / "proposals" / "fep-0010.rst").read_bytes().replace(b"FEP: 10", b"FEP: 21")
    (repo / "proposals" / "fep-\udcff.rst").write_bytes(text.replace(b"Title 10", b"Title 21"))
    submodule = repo / "proposals" / "fep-0020.rst"
    git(repo, "clone", "--quiet", str(repo), str(submodule))
    if committed:
        git(repo, "add", "--all")
        git(repo, "commit", "-m", "x")


BOM = b"\xef\xbb\xbf"
SETTINGS = (
    "fep/process.toml", "pyproject.toml", "fep/frameworks.toml", "fep/environments/sanic.txt",
    "fep/templates/process.rst", "proposals/fep-0007.notes.json", ".fep-baseline.json",
)  # fmt: skip


@pytest.mark.parametrize("name", SETTINGS)
@pytest.mark.parametrize("mark", [True, False], ids=["byte order mark", "CR LF"])
def test_settings_as_editors_on_windows_write_them(
    run: Run, noted: Callable[..., Path], name: str, mark: bool
) -> None:
    root = noted()
    (root / "fep" / "templates").mkdir(exist_ok=True)
    for template in (ROOT / "fep" / "templates").iterdir():
        (root / "fep" / "templates" / template.name).write_bytes(template.read_bytes())
    (root / "pyproject.toml").write_text("[tool.fep]\nselect = ['ALL']\n")
    assert run(root, "baseline", "write")[0] == 0
    commands = [
        ("check", "--no-cache"), ("notes", "check"), ("list", "--format", "json"), ("process",),
        ("new", "One more", "--type", "Process", "--author", "Ada Lovelace"),
    ]  # fmt: skip
    new = root / "proposals" / "fep-0010.rst"
    expected = [run(root, *command) for command in commands]
    text = new.read_bytes()
    new.unlink()
    file = root / name
    assert file.is_file()
    data = file.read_bytes()
    file.write_bytes(BOM + data if mark else data.replace(b"\n", b"\r\n"))
    assert [run(root, *command) for command in commands] == expected
    assert new.read_bytes() == text


def test_an_error_behind_a_byte_order_mark_has_its_line(run: Run, repo: Path) -> None:
    (repo / "pyproject.toml").write_bytes(BOM + b"[tool.fep]\r\nignroe = []\r\n")
    status, _out, err = run(repo, "check")
    assert status == 2
    assert "pyproject.toml:2: unknown key 'ignroe' in [tool.fep]; did you mean ignore?" in err
