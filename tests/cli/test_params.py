"""What a shell is offered, as click asks for it, and in a real one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from fep_tools.cli import main

TEXT = """\
FEP: {n}
Title: {title}
Author: Ada Lovelace
Status: Draft
Type: Process
Created: 2026-01-02
"""


@pytest.fixture
def root(checkout: Callable[..., Path]) -> Path:
    titles = {10: "Typed views", 11: "A title\twith \x1b[31m", 7: "Signals"}
    return checkout({f"fep-{n:04}.rst": TEXT.format(n=n, title=t) for n, t in titles.items()})


@pytest.fixture
def offered(
    monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> Callable[..., list[str]]:
    """What a shell is told at the end of some words, in a folder."""

    def offered(folder: Path, *words: str, shell: str = "fish") -> list[str]:
        monkeypatch.chdir(folder)
        monkeypatch.setenv("_FEP_COMPLETE", f"{shell}_complete")
        monkeypatch.setenv("COMP_WORDS", " ".join(("fep", *words)))
        monkeypatch.setenv("COMP_CWORD", words[-1] if shell == "fish" else str(len(words)))
        with pytest.raises(SystemExit):
            main.run([])
        told = capsysbinary.readouterr()
        assert told.err == b""
        return [line for line in told.out.decode().split("\n") if line]

    return offered


def test_numbers_are_offered_with_their_titles(
    root: Path, offered: Callable[..., list[str]]
) -> None:
    assert offered(root, "show", "1") == [
        "plain,10\tTyped views",
        "plain,11\tA title\\twith \\x1b[31m",
    ]
    assert len(offered(root, "log", "")) == 3
    assert offered(root, "renumber", "7", shell="bash") == ["plain,7"]
    assert offered(root, "transition", "7", "Review", "--by", "7") == ["plain,7\tSignals"]


def test_statuses_are_those_that_the_proposal_may_go_to(
    root: Path, offered: Callable[..., list[str]]
) -> None:
    told = offered(root, "transition", "10", "", shell="bash")
    assert told == ["plain,Review", "plain,Deferred", "plain,Withdrawn"]
    assert offered(root, "transition", "10", "def", shell="bash") == ["plain,Deferred"]
    assert "plain,Final" in offered(root, "transition", "99", "", shell="bash")


def test_rules_are_offered_by_code_and_by_name(
    root: Path, offered: Callable[..., list[str]]
) -> None:
    assert offered(root, "explain", "H103") == ["plain,H103\theader-date"]
    assert offered(root, "explain", "header-date", shell="bash") == ["plain,header-date"]


def test_options_before_say_where(
    root: Path, tmp_path_factory: pytest.TempPathFactory, offered: Callable[..., list[str]]
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    assert offered(elsewhere, "show", "--root", str(root), "7") == ["plain,7\tSignals"]


@pytest.mark.parametrize("broken", [None, "acronym =", "x = 1"])
def test_where_nothing_can_be_read_nothing_is_said(
    tmp_path: Path, offered: Callable[..., list[str]], broken: str | None
) -> None:
    if broken is not None:
        (tmp_path / "fep").mkdir()
        (tmp_path / "fep" / "process.toml").write_text(broken)
    assert offered(tmp_path, "show", "1") == []
    assert offered(tmp_path, "transition", "1", "") == []


def test_a_status_that_a_shell_might_obey_is_not_offered(
    root: Path, offered: Callable[..., list[str]]
) -> None:
    process = root / "fep" / "process.toml"
    text = process.read_text("utf-8").replace('"Review"', '"`id`"')
    process.write_text(text, "utf-8")
    told = offered(root, "transition", "10", "", shell="bash")
    assert told == ["plain,Deferred", "plain,Withdrawn"]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_gets_its_script(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main.run(["completion", shell]) == 0
    assert f"_FEP_COMPLETE={shell}_complete" in capsys.readouterr().out


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash")
def test_a_real_bash_completes(root: Path, tmp_path: Path) -> None:
    program = tmp_path / "bin" / "fep"
    program.parent.mkdir()
    command = "from fep_tools.cli.main import main; main()"
    program.write_text(f"#!/bin/sh\nexec {sys.executable} -c '{command}' \"$@\"\n", "utf-8")
    program.chmod(0o755)
    script = (
        'eval "$(fep completion bash)"; '
        "COMP_WORDS=(fep show 1); COMP_CWORD=2; _fep_completion fep; "
        'printf "%s\\n" "${COMPREPLY[@]}"'
    )
    done = subprocess.run(
        ["bash", "--norc", "-c", script],
        cwd=root,
        env=os.environ | {"PATH": f"{program.parent}{os.pathsep}{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == ["10", "11"]
