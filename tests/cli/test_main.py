"""The entry point: help, errors and exit statuses of all commands."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from fep_tools.cli import main

from .drafts import Run

TESTED_ELSEWHERE = {
    ("lsp",),
    ("preview",),  # run until they are stopped
    ("adopt",),  # is for repositories without a process file
    ("announce",),
    ("compare",),
    ("release",),
    ("upgrade",),  # need other commits and files
    ("extensions",),
    ("extensions", "affected"),
    ("extensions", "report"),
    ("extensions", "scan"),
    ("extensions", "test"),
    ("notes", "lock"),
    ("notes", "run"),
    ("notes", "since"),  # need the network
}
"""Commands whose examples are not run here."""


def walk(group: click.Group, *names: str) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Yield all commands of a group and of the groups in it, each with its full name."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        yield (*names, name), command
        if isinstance(command, click.Group):
            yield from walk(command, *names, name)


COMMANDS = dict(walk(main.fep))
LEAVES = {name: c for name, c in COMMANDS.items() if not isinstance(c, click.Group)}


def examples() -> Iterator[str]:
    """Yield each example in each ``--help``."""
    for name, command in COMMANDS.items():
        if name not in TESTED_ELSEWHERE:
            lines = [line.strip() for line in (command.help or "").split("\n")]
            yield from (line for line in lines if line.startswith("fep "))


@pytest.mark.slow
@pytest.mark.parametrize("example", dict.fromkeys(examples()))
def test_examples_in_help_run(run: Run, git_repo: Path, example: str) -> None:
    arguments = shlex.split(example.partition(" > ")[0])
    (git_repo / "draft.md").write_text("# Nested views\n", "utf-8")
    owned = '[[owned]]\npaths = ["/fep/"]\nroles = ["editor"]\n'
    (git_repo / "fep" / "people.toml").write_text(owned, "utf-8")
    (git_repo / ".github").mkdir()
    status, _out, err = run(git_repo, *arguments[1:])
    assert status in (0, 1), err
    assert "internal error" not in err


@pytest.mark.parametrize("name", COMMANDS, ids=" ".join)
def test_help_has_a_summary_and_an_example(run: Run, repo: Path, name: tuple[str, ...]) -> None:
    status, out, err = run(repo, *name, "--help")
    assert (status, err) == (0, "")
    assert f"    fep {' '.join(name)}" in out or any(
        f"    fep {' '.join(child)}" in out for child in COMMANDS if child[:-1] == name
    )
    summary, _, _ = (COMMANDS[name].help or "").partition("\n\n")
    assert "\n" not in summary
    assert summary.endswith(".")


@pytest.mark.parametrize("name", LEAVES, ids=" ".join)
def test_each_option_has_a_help_text(name: tuple[str, ...]) -> None:
    options = [p for p in LEAVES[name].params if isinstance(p, click.Option)]
    assert [option.name for option in options if not option.help] == []


@pytest.mark.parametrize("name", [(), ("notes",), ("baseline",)])
def test_lists_of_commands_fit_80_columns(
    run: Run, repo: Path, monkeypatch: pytest.MonkeyPatch, name: tuple[str, ...]
) -> None:
    """A summary that does not fit would end with an ellipsis."""
    monkeypatch.setenv("COLUMNS", "80")
    lines = run(repo, *name, "--help")[1].split("\n")
    assert max(map(len, lines)) <= 80
    assert [line for line in lines[1:] if line.endswith("...")] == []


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["chekc"], "No such command 'chekc'. Did you mean 'check'?"),
        (["zzz"], "No such command 'zzz'."),
        (["check", "--format", "xml"], "there is no format xml; use text, concise"),
        (["check", "../outside.rst"], "../outside.rst is not inside"),
        (["check", "proposals/fep-0099.rst"], "proposals/fep-0099.rst does not exist"),
        (["check", "--select", "Z9"], "there is no rule Z9"),
        (["explain", "H10"], "there is no rule H10"),
        (["explain", "header-dat"], "did you mean header-date?"),
        (["show", "99"], "there is no FEP 99"),
        (["log"], "give either the number of a proposal or --all"),
        (["new", "X", "--author", "A B", "--type", "Proces"], "did you mean Process?"),
        (["transition", "10", "Finl"], "did you mean Final?"),
        (["transition", "99", "Final"], "there is no FEP 99"),
        (["transition", "10", "Superseded", "--by", "10"], "FEP 10 cannot supersede itself"),
        (["list", "--status", "Fnal"], "did you mean Final?"),
        (["list", "--type", "Proces"], "did you mean Process?"),
        (["check", "--process", "peps"], "there is no process peps; did you mean pep?"),
        (["check", "--process", "pep"], "no file matches peps/pep-*.rst"),
        (["build", "--process", "pep"], "no file matches peps/pep-*.rst"),
        (["check", "--root", "nowhere"], "nowhere: not a directory"),
        (["check", "--process", "zzz"], "zzz: cannot be read: no such file or directory"),
        (["log", "10"], "not a git repository; fep reads the history from git"),
        (["check", "--base", "main"], "not a git repository"),
    ],
)
def test_errors_exit_with_2(run: Run, repo: Path, arguments: list[str], message: str) -> None:
    status, out, err = run(repo, *arguments)
    assert status == 2
    assert message in err
    assert out == ""
    assert "Traceback" not in err


def test_without_a_process_the_error_says_how_to_name_one(run: Run, tmp_path: Path) -> None:
    status, _out, err = run(tmp_path, "check")
    assert status == 2
    assert (
        "no fep/process.toml; name a repository of proposals with --root, or a process with "
        "--process FILE or --process NAME (dep, glep, nep, pep, rep, slep)" in err
    )


def test_an_upgrade_outside_of_a_repository_needs_the_changes(run: Run, tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text("import flask\n", "utf-8")
    status, _out, err = run(tmp_path, "upgrade", "--from", "2.2", "--to", "3.0", "app.py")
    assert status == 2
    assert err.endswith(
        "no fep/process.toml; name a repository of proposals with --root, or the file "
        "api/changes.json of its site with --changes\n"
    )


def test_an_unknown_setting_is_reported_with_its_line(run: Run, repo: Path) -> None:
    (repo / "pyproject.toml").write_text("[tool.fep]\nignroe = []\n", "utf-8")
    status, _out, err = run(repo, "check")
    assert status == 2
    assert "pyproject.toml:2: unknown key 'ignroe' in [tool.fep]; did you mean ignore?" in err


def test_an_internal_error_exits_with_3(
    run: Run, repo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("fep_tools.cli.options.open_repository", broken)
    status, _out, err = run(repo, "check")
    assert status == 3
    assert err.startswith("fep: internal error: ZeroDivisionError")
    assert "\n" not in err.strip()
    with pytest.raises(ZeroDivisionError):
        run(repo, "--debug", "check")


def test_interrupted_exits_with_130(run: Run, repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("fep_tools.cli.options.open_repository", interrupted)
    assert run(repo, "check")[0] == 130


def imported_by(arguments: list[str]) -> set[str]:
    """Return the top-level modules that are imported when ``fep`` has run."""
    script = (
        f"import sys; from fep_tools.cli.main import run; run({arguments!r});"
        "print(*{name.split('.')[0] for name in sys.modules})"
    )
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return set(done.stdout.splitlines()[-1].split())


def test_version_imports_little() -> None:
    heavy = {"sphinx", "docutils", "git", "pydantic", "sqlite3", "multiprocessing"}
    assert not imported_by(["--version"]) & heavy


def test_checking_headers_imports_no_parser_and_no_git(repo: Path) -> None:
    arguments = ["check", "--root", str(repo), "--select", "H,S,L", "--no-cache"]
    assert not imported_by(arguments) & {"sphinx", "docutils", "git"}


@pytest.mark.parametrize("arguments", [["check", "{}"], ["check", "--format", "{}"]])
def test_errors_in_options_are_harmless_to_a_terminal(
    run: Run, repo: Path, arguments: list[str]
) -> None:
    """Shells and ``xargs`` put names of files here that a repository has chosen."""
    name = "proposals/a\x1b[2J\n::error::b"
    err = run(repo, *(argument.format(name) for argument in arguments))[2]
    assert r"proposals/a\x1b[2J\n" in err
    assert not any(line.startswith("::") for line in err.split("\n"))


def test_a_list_of_choices_has_lines(run: Run, repo: Path) -> None:
    assert "Choose from:\n\tbash,\n\tzsh,\n" in run(repo, "completion")[2]


def test_python_without_docstrings_is_started_again(repo: Path) -> None:
    """Rules, help and schemas are made of docstrings, which ``PYTHONOPTIMIZE=2`` removes."""
    program = Path(sysconfig.get_path("scripts"), "fep")
    command = [str(program), "explain", "B010"]
    environment = {**os.environ, "PYTHONOPTIMIZE": "2"}
    done = subprocess.run(command, capture_output=True, text=True, cwd=repo, env=environment)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Required section is missing." in done.stdout


def test_rules_without_docstrings_are_an_error_with_its_cause(repo: Path) -> None:
    script = "from fep_tools.cli.main import run; run(['check'])"
    command = [sys.executable, "-OO", "-c", script]
    done = subprocess.run(command, capture_output=True, text=True, cwd=repo)
    assert done.stderr == (
        "fep: Python runs with -OO, which removes the texts of all rules; "
        "run it without this option, and unset PYTHONOPTIMIZE\n"
    )


@pytest.mark.parametrize("epoch", ["0", "253402300799"])
@pytest.mark.parametrize(
    "arguments",
    ["check", "agenda", "overdue", "ready 10", "baseline write", "transition 10 Withdrawn"],
)
def test_commands_on_the_first_and_the_last_day(
    run: Run, git_repo: Path, monkeypatch: pytest.MonkeyPatch, epoch: str, arguments: str
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    status, _out, err = run(git_repo, *arguments.split())
    assert status in (0, 1), err
