"""Completion of numbers, statuses and rules, in click and in a real shell."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
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
def complete(
    monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> Callable[..., list[str]]:
    """Return a function that completes the last of some words in a directory."""

    def complete(directory: Path, *words: str, shell: str = "fish") -> list[str]:
        monkeypatch.chdir(directory)
        monkeypatch.setenv("_FEP_COMPLETE", f"{shell}_complete")
        monkeypatch.setenv("COMP_WORDS", " ".join(("fep", *words)))
        monkeypatch.setenv("COMP_CWORD", words[-1] if shell == "fish" else str(len(words)))
        with pytest.raises(SystemExit):
            main.run([])
        output = capsysbinary.readouterr()
        assert output.err == b""
        return [line for line in output.out.decode().split("\n") if line]

    return complete


def test_numbers_have_titles_as_help(root: Path, complete: Callable[..., list[str]]) -> None:
    assert complete(root, "show", "1") == [
        "plain,10\tTyped views",
        "plain,11\tA title\\twith \\x1b[31m",
    ]
    assert len(complete(root, "log", "")) == 3
    assert complete(root, "renumber", "7", shell="bash") == ["plain,7"]
    assert complete(root, "transition", "7", "Review", "--by", "7") == ["plain,7\tSignals"]


def test_statuses_are_the_next_ones_of_the_proposal(
    root: Path, complete: Callable[..., list[str]]
) -> None:
    output = complete(root, "transition", "10", "", shell="bash")
    assert output == ["plain,Review", "plain,Deferred", "plain,Withdrawn"]
    assert complete(root, "transition", "10", "def", shell="bash") == ["plain,Deferred"]
    assert "plain,Final" in complete(root, "transition", "99", "", shell="bash")


def test_rules_by_code_and_by_name(root: Path, complete: Callable[..., list[str]]) -> None:
    assert complete(root, "explain", "H103") == ["plain,H103\theader-date"]
    assert complete(root, "explain", "header-date", shell="bash") == ["plain,header-date"]


def test_options_name_the_repository(
    root: Path, tmp_path_factory: pytest.TempPathFactory, complete: Callable[..., list[str]]
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    assert complete(elsewhere, "show", "--root", str(root), "7") == ["plain,7\tSignals"]


@pytest.mark.parametrize("broken", [None, "acronym =", "x = 1"])
def test_without_a_readable_process_there_are_no_candidates(
    tmp_path: Path, complete: Callable[..., list[str]], broken: str | None
) -> None:
    if broken is not None:
        (tmp_path / "fep").mkdir()
        (tmp_path / "fep" / "process.toml").write_text(broken)
    assert complete(tmp_path, "show", "1") == []
    assert complete(tmp_path, "transition", "1", "") == []


def test_a_status_that_a_shell_would_evaluate_is_left_out(
    root: Path, complete: Callable[..., list[str]]
) -> None:
    process = root / "fep" / "process.toml"
    text = process.read_text("utf-8").replace('"Review"', '"`id`"')
    process.write_text(text, "utf-8")
    output = complete(root, "transition", "10", "", shell="bash")
    assert output == ["plain,Deferred", "plain,Withdrawn"]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_has_a_script(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
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


OPTIONS = [
    (("list", "--status"), "Rev", "Review"),
    (("list", "--type"), "Pro", "Process"),
    (("list", "--topic"), "Co", "Core"),
    (("list", "--sort"), "tit", "title"),
    (("list", "--format"), "cs", "csv"),
    (("new", "--type"), "Pro", "Process"),
    (("diff", "10", "--since"), "Acc", "Accepted"),
    (("check", "--select"), "H103", "H103"),
    (("check", "--select"), "S001,H103", "S001,H103"),
    (("check", "--ignore"), "header-date", "header-date"),
    (("check", "--format"), "sar", "sarif"),
    (("check", "--process"), "pe", "pep"),
    (("init", "--like"), "gle", "glep"),
    (("check", "--color"), "al", "always"),
]


@pytest.mark.parametrize(
    ("words", "typed", "expected"), OPTIONS, ids=[" ".join((*w, t)) for w, t, _ in OPTIONS]
)
def test_values_of_options(
    root: Path,
    complete: Callable[..., list[str]],
    words: tuple[str, ...],
    typed: str,
    expected: str,
) -> None:
    assert f"plain,{expected}" in complete(root, *words, typed, shell="bash")


def test_frameworks_and_versions(
    checkout: Callable[..., Path], complete: Callable[..., list[str]]
) -> None:
    text = TEXT.format(n=10, title="Views") + "Flask-Version: 3.1\n"
    root = checkout({"fep-0010.rst": text})
    frameworks = '[[framework]]\nkey = "sanic"\ntitle = "Sanic"\nrole = "comparison"\n'
    shipped = Path(__file__).parents[2] / "fep" / "frameworks.toml"
    (root / "fep" / "frameworks.toml").write_text(shipped.read_text("utf-8") or frameworks, "utf-8")
    assert complete(root, "list", "--framework", "san", shell="bash") == ["plain,sanic"]
    assert complete(root, "list", "--version", "3", shell="bash") == ["plain,3.1"]


def test_revisions(git_repo: Path, complete: Callable[..., list[str]]) -> None:
    for name in ("feature/views", "odd$(id)"):
        subprocess.run(["git", "branch", name], cwd=git_repo, check=True)
    assert complete(git_repo, "check", "--base", "fea", shell="bash") == ["plain,feature/views"]
    assert complete(git_repo, "check", "--base", "odd", shell="bash") == []
    assert complete(git_repo, "list", "--at", "fea", shell="bash") == ["plain,feature/views"]


def test_every_option_with_known_values_completes_them() -> None:
    """An option is free text, a number, a flag or a file, or it says what its values are."""
    free = {"A", "TEXT", "URL", "NAME", "N", "DATE", "DIR", "FILE", "TIP", "CODE", "ADDRESS",
            "RELEASE", "V[@DATE]", None}  # fmt: skip
    found: list[str] = []
    context = click.Context(main.fep)

    def visit(command: click.Command, path: str) -> None:
        if isinstance(command, click.Group):
            for name in command.list_commands(context):
                child = command.get_command(context, name)
                assert child is not None
                visit(child, f"{path} {name}")
        for option in command.params:
            if not isinstance(option, click.Option) or option.is_flag:
                continue
            is_plain = type(option.type) in (click.types.StringParamType, click.STRING.__class__)
            if is_plain and option._custom_shell_complete is None and option.metavar not in free:
                found.append(f"{path} {option.opts[-1]}")

    visit(main.fep, "fep")
    assert found == []
