"""The commands in the handbook print what the handbook shows.

In a console block, ``$ cat FILE`` creates the file as shown. A command without output is only
run. A backslash at the end of a command continues it on the next line. ``...`` matches any text.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import textwrap
import types
from collections.abc import Iterator
from pathlib import Path

import pytest

from fep_tools import config
from fep_tools.diagnostics import apply_edits
from fep_tools.lint import testing
from fep_tools.process.model import Process

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.rst", ROOT / "CONTRIBUTING.rst", *sorted((ROOT / "docs").glob("*.rst"))]
SHOWN = ("0001", "0002", "0003", "0004", "0005", "0010", "0011")
"""The proposals in the copy of the repository, so that new ones do not change the output."""

BARE = ("0004", "0005")
"""Proposals that others link to; their bodies, which link to more proposals, are removed."""

ANOTHER_AUTHOR = ("FEP_AUTHOR", "GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL")
"""Variables that have priority over the author in the settings of git."""

NOT_RUN = (
    "git clone", "cd ", "make", ". .venv", "python", "fep preview", "pip ",
    "fep extensions test", "fep extensions scan --proposal 19 --dask",
)  # fmt: skip
"""Commands that are not run here, because other tests cover them."""

_BLOCK = re.compile(
    r"(?m)^(?P<indent> *)\.\. code-block:: console\n\n(?P<body>(?:(?P=indent)    .*\n|\n)+)"
)
_LINK = re.compile(r":fep:`([0-9]+)`")
_PYTHON = re.compile(r"(?m)^\.\. code-block:: python\n\n(?P<body>(?:    .*\n|\n)+)")


def sessions(page: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield the commands of a page and the lines of output that it shows."""
    for block in _BLOCK.finditer(page.read_text("utf-8")):
        command: str | None = None
        answer: list[str] = []
        for line in [*textwrap.dedent(block["body"]).rstrip().split("\n"), "$ "]:
            if command is not None and command.endswith("\\") and not answer:
                command += f"\n{line}"
                continue
            if not line.startswith("$ "):
                answer.append(line.rstrip())
                continue
            if command is not None:
                yield command, "\n".join(answer).strip("\n").split("\n") if answer else []
            command, answer = line[2:], []


def _without_missing_target(link: re.Match[str]) -> str:
    return link[0] if f"{int(link[1]):04}" in SHOWN else f"FEP {link[1]}"


@pytest.fixture
def checkout_copy(tmp_path: Path) -> Path:
    """Return a copy of this repository, with ``fep`` in its ``bin`` directory."""
    for name in ("fep", "docs", "proposals"):
        shutil.copytree(ROOT / name, tmp_path / name)
    for name in ("pyproject.toml", "conf.py", "index.rst", "CHANGES.rst", "CONTRIBUTING.rst"):
        shutil.copy(ROOT / name, tmp_path / name)
    # Made from fep/people.toml; without it, every check would find that.
    (tmp_path / ".github").mkdir()
    shutil.copy(ROOT / ".github" / "CODEOWNERS", tmp_path / ".github")
    for file in (tmp_path / "proposals").glob("fep-*"):
        if file.name[4:8] not in SHOWN:
            file.unlink()
        elif file.name[4:8] in BARE:
            text = file.read_text("utf-8")
            end = text[text.index("\nCopyright\n===") :]
            file.write_text(f"{text.partition(chr(10) * 2)[0]}\n{end}", "utf-8")
        elif file.suffix == ".rst":
            # A link to a proposal that is not in the copy would be a finding.
            text = _LINK.sub(_without_missing_target, file.read_text("utf-8"))
            file.write_text(text, "utf-8")
    (tmp_path / "bin").mkdir()
    program = "from fep_tools.cli.main import main; main()"
    script = f"#!/bin/sh\nexec {sys.executable} -c '{program}' \"$@\"\n"
    (tmp_path / "bin" / "fep").write_text(script, "utf-8")
    (tmp_path / "bin" / "fep").chmod(0o755)
    _commit_all(tmp_path)
    return tmp_path


def _commit_all(checkout_copy: Path) -> None:
    environment = os.environ | {
        "GIT_AUTHOR_DATE": "2026-11-20T00:00:00Z",
        "GIT_COMMITTER_DATE": "2026-11-20T00:00:00Z",
    }
    for arguments in (
        ["init", "--quiet", "--initial-branch=main"],
        ["config", "user.name", "Ada Lovelace"],
        ["config", "user.email", "ada@example.org"],
        ["add", "fep", "proposals", ".github"],
        ["commit", "--quiet", "--message", "x"],
        ["update-ref", "refs/remotes/origin/main", "HEAD"],
    ):
        subprocess.run(["git", *arguments], cwd=checkout_copy, env=environment, check=True)


def run_command(checkout_copy: Path, command: str) -> tuple[int, list[str]]:
    variables = {k: v for k, v in os.environ.items() if k not in ANOTHER_AUTHOR}
    environment = variables | {
        "GIT_CONFIG_GLOBAL": os.devnull,
        "NO_COLOR": "1",
        "PATH": f"{checkout_copy / 'bin'}:{os.environ['PATH']}",
        "SOURCE_DATE_EPOCH": "1795132800",
    }
    environment.pop("FORCE_COLOR", None)
    done = subprocess.run(
        command,
        shell=True,
        cwd=checkout_copy,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return done.returncode, [line.rstrip() for line in done.stdout.strip("\n").split("\n")]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_print_what_the_page_shows(page: Path, checkout_copy: Path) -> None:
    for command, shown in sessions(page):
        if command.startswith("cat "):
            (checkout_copy / command[4:]).parent.mkdir(exist_ok=True)
            (checkout_copy / command[4:]).write_text("\n".join(shown) + "\n", "utf-8")
            continue
        if command.startswith(NOT_RUN):
            continue
        status, output = run_command(checkout_copy, command)
        assert status in (0, 1, 2), command
        assert "internal error" not in "\n".join(output), command
        if shown:
            pattern = re.escape("\n".join(shown)).replace(re.escape("..."), ".*")
            assert re.fullmatch(pattern, "\n".join(output), re.DOTALL), "\n".join(
                [command, *output]
            )


def test_the_reference_has_every_file_that_communities_write() -> None:
    page = (ROOT / "docs" / "processfile.rst").read_text("utf-8")
    written = re.findall(r"(?m)^\.\. fep-reference:: (\w+)$", page)
    assert written == ["process", "people", "frameworks"]
    assert f"#:schema {config.PROCESS_SCHEMA_URL}\n" in page


def test_example_rule_in_contributing_works(process: Process) -> None:
    example = _PYTHON.search((ROOT / "CONTRIBUTING.rst").read_text("utf-8"))
    assert example is not None
    module = types.ModuleType("fep_tools.lint.rules.headers.title_stop")
    module.__package__ = "fep_tools.lint.rules.headers"
    exec(textwrap.dedent(example["body"]), vars(module))
    rule = vars(module)["title_stop"]
    diagnostics = testing.check_example(rule, rule.bad, process)
    assert diagnostics
    assert (
        apply_edits(rule.bad, [edit for diagnostic in diagnostics for edit in diagnostic.edits])
        == rule.good
    )
    assert testing.check_example(rule, rule.good, process) == []


def test_vs_code_problem_matcher_parses_the_output(checkout_copy: Path) -> None:
    page = (ROOT / "docs" / "vscode.rst").read_text("utf-8")
    blocks = re.findall(r"(?m)^\.\. code-block:: json\n\n((?:    .*\n|\n)+)", page)
    (task,) = json.loads(textwrap.dedent(blocks[-1]))["tasks"]
    pattern = task["problemMatcher"]["pattern"]
    (checkout_copy / "proposals" / "fep-0012.rst").write_text("FEP: 12\nStatus: Draught\n", "utf-8")
    _status, output = run_command(checkout_copy, task["command"])
    matches = [match for line in output if (match := re.search(pattern["regexp"], line))]
    assert {match[pattern["file"]] for match in matches} == {"proposals/fep-0012.rst"}
    assert ("2", "H104") in {(match[pattern["line"]], match[pattern["code"]]) for match in matches}
