"""The command line: what it takes, what it tells, and how it ends."""

from __future__ import annotations

import io
import json
import os
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest

from fep_tools.cli import main
from fep_tools.cli.lazy_group import LazyGroup
from fep_tools.repository import Repository

ROOT = Path(__file__).parents[2]
CC0 = (
    "This document is placed in the public domain or under the CC0-1.0-Universal license,\n"
    "whichever is more permissive."
)
GOOD = f"""\
FEP: {{n}}
Title: Title {{n}}
Author: Ada Lovelace
Status: Draft
Type: Process
Topic: Core
Created: 2026-01-02

Copyright
=========

{CC0}
"""
BAD = GOOD.replace("2026-01-02", "2 January 2026")

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run ``fep`` in a folder: exit status, standard output, standard error."""
    for name in ("CI", "NO_COLOR", "FORCE_COLOR", "FEP_AUTHOR", "FEP_CACHE_DIR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795219200")

    def run(folder: Path, *arguments: str) -> tuple[int, str, str]:
        monkeypatch.chdir(folder)
        status = main.run(list(arguments))
        told = capsys.readouterr()
        return status, told.out, told.err

    return run


@pytest.fixture
def root(checkout: Callable[..., Path]) -> Path:
    root = checkout({f"fep-00{n}.rst": GOOD.format(n=n) for n in (10, 11, 12)})
    templates = root / "fep" / "templates"
    templates.mkdir()
    for template in (ROOT / "fep" / "templates").iterdir():
        (templates / template.name).write_bytes(template.read_bytes())
    return root


@pytest.fixture
def repository(root: Path) -> Path:
    """A checkout in git, with a branch ``origin/main``."""
    who = ["-c", "user.name=Ada", "-c", "user.email=a@example.org"]
    environment = os.environ | {"GIT_COMMITTER_DATE": "2020-01-02T00:00:00Z"}
    for arguments in (
        ["init", "--quiet"],
        ["add", "--all"],
        ["commit", "--quiet", "--message", "x"],
        ["update-ref", "refs/remotes/origin/main", "HEAD"],
    ):
        command = ["git", *who, *arguments]
        subprocess.run(command, cwd=root, check=True, capture_output=True, env=environment)
    return root


def commands() -> list[str]:
    assert isinstance(main.fep, LazyGroup)
    return main.fep.list_commands(click.Context(main.fep))


def examples() -> list[tuple[str, str]]:
    """Every example in every ``--help``."""
    found = []
    for name in commands():
        command = main.fep.get_command(click.Context(main.fep), name)
        assert command is not None
        lines = [line.strip() for line in (command.help or "").split("\n")]
        found += [(name, line) for line in lines if line.startswith("fep ")]
    return found


def test_every_command_has_an_example() -> None:
    assert {name for name, _example in examples()} == set(commands())


SERVERS = {"lsp", "preview"}
"""Commands that go on until somebody stops them; they have tests of their own."""


@pytest.mark.parametrize(
    ("name", "example"), [found for found in examples() if found[0] not in SERVERS]
)
def test_examples_in_help_run(run: Run, repository: Path, name: str, example: str) -> None:
    arguments = shlex.split(example.partition(" > ")[0])
    status, _out, err = run(repository, *arguments[1:])
    assert status in (0, 1), err
    assert "internal error" not in err


@pytest.mark.parametrize("name", commands())
def test_help_is_short_and_says_what_for(run: Run, root: Path, name: str) -> None:
    status, out, _err = run(root, name, "--help")
    assert status == 0
    assert "Example" in out
    assert max(map(len, out.split("\n"))) <= 100


def test_clean_is_nothing(run: Run, root: Path) -> None:
    assert run(root, "check") == (0, "3 files checked: nothing found\n", "")


def test_findings_are_one(run: Run, root: Path) -> None:
    (root / "proposals" / "fep-0011.rst").write_text(BAD.format(n=11), "utf-8")
    status, out, err = run(root, "check")
    assert status == 1
    assert "'Created' is \"2 January 2026\"; write 2026-01-02" in out
    assert err == ""
    assert run(root, "check", "--exit-zero")[0] == 0
    assert run(root, "check", "--ignore", "H103")[0] == 0
    assert run(root, "check", "proposals/fep-0010.rst")[0] == 0
    assert run(root, "check", "--select", "header-date,H1")[0] == 1


def test_fix_mends_and_diff_only_shows(run: Run, root: Path) -> None:
    file = root / "proposals" / "fep-0011.rst"
    file.write_bytes(BAD.format(n=11).replace("\n", "\r\n").encode())
    before = file.read_bytes()
    status, out, _err = run(root, "check", "--diff", "--select", "H")
    assert status == 1
    assert "-Created: 2 January 2026\n+Created: 2026-01-02\n" in out
    assert file.read_bytes() == before
    status, _out, _err = run(root, "check", "--fix", "--select", "H")
    assert status == 0
    assert file.read_bytes() == before.replace(b"2 January 2026", b"2026-01-02")
    assert run(root, "check", "--diff", "--select", "H")[:2] == (0, "")


def test_standard_input(run: Run, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def give(text: str) -> None:
        stream = io.TextIOWrapper(io.BytesIO(text.encode()))
        monkeypatch.setattr(sys, "stdin", stream)

    give(BAD.format(n=13))
    name = "proposals/fep-0013.rst"
    status, out, _err = run(root, "check", "-", "--stdin-filename", name)
    assert status == 1
    assert out.startswith(f"{name}:7:10: error H103")
    give(BAD.format(n=13))
    status, out, err = run(root, "check", "-", "--stdin-filename", name, "--fix")
    assert (status, out) == (0, GOOD.format(n=13))
    assert err == "1 file checked: nothing found\n"
    give(BAD.format(n=13))
    status, out, _err = run(root, "check", "-", "--stdin-filename", name, "--diff")
    assert status == 1
    assert "\n-Created: 2 January 2026\n+Created: 2026-01-02\n" in out


def test_what_cannot_be_mended_on_standard_input_is_told(
    run: Run, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = GOOD.format(n=10).replace("Status: Draft", "Status: Zzz")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    name = "proposals/fep-0010.rst"
    before = (root / name).read_bytes()
    status, out, err = run(root, "check", "-", "--stdin-filename", name, "--fix")
    assert (status, out) == (1, text)
    assert f"{name}:4:9: error H104" in err
    assert (root / name).read_bytes() == before


def test_an_image_that_arrives_is_seen_at_once(run: Run, root: Path) -> None:
    file = root / "proposals" / "fep-0011.rst"
    file.write_text(f"{GOOD.format(n=11)}\n.. image:: fep-0011-a.png\n", "utf-8")
    past = file.stat().st_mtime - 100
    for proposal in (root / "proposals").iterdir():
        os.utime(proposal, (past, past))
    select = ("check", "--select", "B036", "--format", "concise")
    assert 'the image "fep-0011-a.png" does not exist' in run(root, *select)[1]
    (root / "proposals" / "fep-0011-a.png").write_bytes(b"")
    assert run(root, *select)[1] == "3 files checked: nothing found\n"


def test_a_file_beside_the_proposals_is_mended_as_well(run: Run, root: Path) -> None:
    draft = root / "draft.rst"
    draft.write_text(BAD.format(n=13), "utf-8")
    status, out, _err = run(root, "check", "draft.rst", "--diff", "--select", "H103")
    assert (status, out.count("\n-"), out.count("\n+")) == (1, 1, 2)
    assert run(root, "check", "draft.rst", "--fix", "--select", "H103")[0] == 0
    assert draft.read_text("utf-8") == GOOD.format(n=13)


def test_formats_may_go_to_files(run: Run, root: Path) -> None:
    status, out, _err = run(root, "check", "--format", "text", "--format", "json:out.json")
    assert status == 0
    assert out == "3 files checked: nothing found\n"
    table = json.loads((root / "out.json").read_text("utf-8"))
    assert table["summary"] == {"errors": 0, "warnings": 0, "introduced": 0, "files": 3}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["chekc"], "No such command 'chekc'. Did you mean 'check'?"),
        (["zzz"], "No such command 'zzz'."),
        (["check", "--format", "xml"], "unknown format xml; use one of text, concise"),
        (["check", "../outside.rst"], "../outside.rst is not inside"),
        (["check", "proposals/fep-0099.rst"], "proposals/fep-0099.rst does not exist"),
        (["check", "--select", "Z9"], "there is no rule Z9"),
        (["explain", "H10"], "there is no rule H10"),
        (["explain", "header-dat"], "did you mean header-date?"),
        (["show", "99"], "there is no FEP 99"),
        (["log"], "give either the number of a proposal or --all"),
        (["new", "X"], "no author; use --author"),
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
        (["log", "10"], "not in a git repository, where history is read from"),
        (["check", "--base", "main"], "not in a git repository"),
    ],
)
def test_what_cannot_be_judged_is_two(
    run: Run, root: Path, arguments: list[str], message: str
) -> None:
    status, out, err = run(root, *arguments)
    assert status == 2
    assert message in err
    assert out == ""
    assert "Traceback" not in err


def test_without_a_process_it_says_what_to_name(run: Run, tmp_path: Path) -> None:
    status, _out, err = run(tmp_path, "check")
    assert status == 2
    assert "name a process with --process FILE or --process NAME (dep, pep)" in err


def test_a_wrong_setting_is_told_with_its_line(run: Run, root: Path) -> None:
    (root / "pyproject.toml").write_text("[tool.fep]\nignroe = []\n", "utf-8")
    status, _out, err = run(root, "check")
    assert status == 2
    assert "pyproject.toml:2: unknown key 'ignroe' in [tool.fep]; write ignore" in err


def test_an_internal_error_is_three(run: Run, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("fep_tools.cli.options.open_repository", broken)
    status, _out, err = run(root, "check")
    assert status == 3
    assert err.startswith("fep: internal error: ZeroDivisionError")
    assert "\n" not in err.strip()
    with pytest.raises(ZeroDivisionError):
        run(root, "--debug", "check")


def test_interrupted_is_130(run: Run, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("fep_tools.cli.options.open_repository", interrupted)
    assert run(root, "check")[0] == 130


def test_color(run: Run, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (root / "proposals" / "fep-0011.rst").write_text(BAD.format(n=11), "utf-8")
    assert "\x1b[" not in run(root, "check")[1]
    assert "\x1b[" in run(root, "check", "--color", "always")[1]
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[" in run(root, "check")[1]
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[" not in run(root, "check")[1]
    assert "\x1b[" not in run(root, "check", "--color", "never")[1]


def test_a_second_run_remembers_and_is_the_same(run: Run, root: Path) -> None:
    (root / "proposals" / "fep-0011.rst").write_text(BAD.format(n=11), "utf-8")
    first = run(root, "check")
    assert (root / ".fep_cache" / "facts.sqlite3").is_file()
    assert run(root, "check") == first
    assert run(root, "check", "--no-cache") == first


def test_in_ci_nothing_is_remembered_in_the_checkout(
    run: Run, root: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI", "true")
    run(root, "check")
    assert not (root / ".fep_cache").exists()
    folder = tmp_path_factory.mktemp("cache")
    monkeypatch.setenv("FEP_CACHE_DIR", str(folder))
    run(root, "check")
    assert (folder / "facts.sqlite3").is_file()


@pytest.mark.parametrize("type_", ["Standards Track", "informational", "Process"])
def test_new_makes_what_check_accepts(run: Run, root: Path, type_: str) -> None:
    status, out, _err = run(root, "new", "Typed <views> & ::x", "--type", type_, "--author", "A B")
    assert (status, out) == (0, "proposals/fep-0013.rst\n")
    assert run(root, "check", "--strict") == (0, "4 files checked: nothing found\n", "")
    assert run(root, "next")[1] == "14\n"


@pytest.mark.parametrize("process", ["pep", "dep"])
def test_new_for_another_community(run: Run, tmp_path: Path, process: str) -> None:
    where = ["--process", process, "--root", "."]
    status, out, err = run(tmp_path, "new", "Typed views", "--author", "Ada Lovelace", *where)
    assert status == 0, err
    assert (tmp_path / out.strip()).is_file()
    status, out, _err = run(tmp_path, "check", *where)
    assert status == 0, out


@pytest.mark.parametrize("title", ["", "a\nStatus: Final", "x" * 200, "\x1b[31m", "a\u202eb"])
def test_new_refuses_a_title_that_check_would(run: Run, root: Path, title: str) -> None:
    status, out, err = run(root, "new", title, "--author", "A B")
    assert status == 2
    assert out == ""
    assert "not created" in err
    assert len(list((root / "proposals").iterdir())) == 3


def test_list_and_show(run: Run, repository: Path) -> None:
    assert run(repository, "list")[1] == (
        "10  Draft  Process  Title 10\n11  Draft  Process  Title 11\n12  Draft  Process  Title 12\n"
    )
    assert run(repository, "list", "--status", "final")[1] == ""
    assert json.loads(run(repository, "list", "--author", "love", "--format", "json")[1])
    assert run(repository, "list", "--topic", "core", "--format", "csv")[1].startswith("number,")
    shown = run(repository, "show", "10")[1]
    assert shown.startswith("FEP 10: Title 10\n")
    assert "Authors:       Ada Lovelace" in shown
    assert json.loads(run(repository, "show", "10", "--format", "json")[1])["number"] == 10


def test_list_at_a_commit_and_on_a_day(run: Run, repository: Path) -> None:
    (repository / "proposals" / "fep-0011.rst").unlink()
    assert len(run(repository, "list")[1].split("\n")) == 3
    assert len(run(repository, "list", "--at", "HEAD")[1].split("\n")) == 4
    assert len(run(repository, "list", "--at", "2999-01-01")[1].split("\n")) == 4
    assert run(repository, "list", "--at", "1999-01-01")[0] == 2
    assert run(repository, "list", "--at", "--output=x")[0] == 2


def test_list_as_json_is_what_the_site_publishes(run: Run, repository: Path) -> None:
    listed = json.loads(run(repository, "list", "--format", "json")[1])
    catalog = Repository.open(repository).catalog()
    assert listed == [entry.as_json() for entry in catalog.proposals]
    assert all(entry["history"] for entry in listed)


def test_list_at_a_commit_tells_the_past_up_to_it(run: Run, repository: Path) -> None:
    at = json.loads(run(repository, "list", "--at", "HEAD", "--format", "json")[1])
    assert at == json.loads(run(repository, "list", "--format", "json")[1])


@pytest.mark.parametrize("format_", ["text", "json", "dot", "mermaid", "svg"])
def test_process(run: Run, root: Path, format_: str) -> None:
    status, out, _err = run(root, "process", "--format", format_)
    assert status == 0
    assert "Superseded" in out


def test_rules_and_explain(run: Run, root: Path) -> None:
    listed = run(root, "rules")[1]
    assert "H103  header-date" in listed
    rows = json.loads(run(root, "rules", "--format", "json")[1])
    assert len(rows) == len(listed.strip().split("\n"))
    page = run(root, "explain", "header-date")[1]
    assert page.startswith("H103 header-date (level error, family headers, fixed by --fix)\n")
    assert "    Created: 3 March 2025\n" in page


def test_transition(run: Run, repository: Path) -> None:
    file = repository / "proposals" / "fep-0010.rst"
    before = file.read_text("utf-8")
    status, out, _err = run(repository, "transition", "10", "withdrawn", "--dry-run")
    assert status == 0
    assert "-Status: Draft\n+Status: Withdrawn\n" in out
    assert file.read_text("utf-8") == before
    status, out, err = run(repository, "transition", "10", "Final")
    assert status == 1
    assert "FEP 10 goes from Draft to Final; from Draft, it can only go to Review" in out
    assert err == "fep: nothing was changed\n"
    assert file.read_text("utf-8") == before
    assert run(repository, "transition", "10", "Withdrawn")[0] == 0
    assert file.read_text("utf-8") == before.replace("Status: Draft", "Status: Withdrawn")


def loaded_by(script: str) -> set[str]:
    """The top modules that *script* prints on its second line."""
    command = [sys.executable, "-c", script]
    told = subprocess.run(command, capture_output=True, text=True, check=True)
    return set(told.stdout.split("\n")[1].split())


def test_light_commands_load_little() -> None:
    """``fep --version`` loads nothing but click and itself."""
    script = (
        "import sys; from fep_tools.cli.main import run; run(['--version']);"
        "print(*sorted({name.split('.')[0] for name in sys.modules}))"
    )
    told = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    loaded = set(told.stdout.split("\n")[1].split())
    assert not loaded & {"sphinx", "docutils", "git", "pydantic", "sqlite3", "multiprocessing"}


def test_checking_headers_loads_no_parser_and_no_git(root: Path) -> None:
    script = (
        f"import sys; from fep_tools.cli.main import run; run(['check', '--root', {str(root)!r},"
        "'--select', 'H,S,L', '--no-cache']);"
        "print(*sorted({name.split('.')[0] for name in sys.modules}))"
    )
    told = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    loaded = set(told.stdout.split("\n")[1].split())
    assert not loaded & {"sphinx", "docutils", "git"}
