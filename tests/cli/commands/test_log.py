"""``fep log`` and ``fep stats``, in real repositories."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ..drafts import Run

ROOT = Path(__file__).parents[3]
GIT = shutil.which("git") or "git"
NAMES = ("AUTHOR_NAME", "AUTHOR_EMAIL", "COMMITTER_NAME", "COMMITTER_EMAIL")
RETROACTIVE = """\
FEP: 9
Title: Blueprints
Status: Final
Retroactive: yes
Status-History: 2011-06-28 Draft https://example.org/1
                2011-09-29 Final https://example.org/2

Text.
"""


def text(number: int, status: str) -> str:
    headers = f"FEP: {number}\nTitle: About {number}\nStatus: {status}\nType: Process\n"
    return f"{headers}Created: 2020-01-02\n\nText.\n"


@pytest.fixture(autouse=True)
def _plain(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("CI", "NO_COLOR", "FORCE_COLOR", "FEP_CACHE_DIR"):
        monkeypatch.delenv(name, raising=False)
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    for name in NAMES:
        monkeypatch.setenv(f"GIT_{name}", "Ada")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))


def git(directory: Path, *arguments: str, seconds: int = 1_600_000_000) -> None:
    dates = {f"GIT_{who}_DATE": f"{seconds} +0000" for who in ("AUTHOR", "COMMITTER")}
    subprocess.run(["git", *arguments], cwd=directory, env={**os.environ, **dates}, check=True)


def commit(directory: Path, files: dict[str, str], seconds: int = 1_600_000_000) -> None:
    for name, content in files.items():
        (directory / "proposals" / name).write_text(content, "utf-8")
    git(directory, "add", "--all")
    git(directory, "commit", "--quiet", "--allow-empty", "--message=a change", seconds=seconds)


@pytest.fixture
def fep(checkout: Callable[..., Path]) -> Path:
    """A checkout with two proposals, one of which went from Draft to Active in ten days."""
    directory = checkout()
    (directory / ".gitignore").write_text(".fep_cache/\n")
    git(directory, "init", "--quiet", "--initial-branch=main")
    commit(directory, {"fep-0007.rst": text(7, "Draft"), "fep-0008.rst": text(8, "Draft")})
    commit(directory, {"fep-0007.rst": text(7, "Active")}, 1_600_000_000 + 864_000)
    return directory


def test_one_proposal(fep: Path, run: Run) -> None:
    status, out, err = run(fep, "log", "7")
    assert (status, err) == (0, "")
    lines = out.splitlines()
    assert lines[0] == "FEP 7: About 7"
    assert lines[3].startswith("  2020-09-13  Status: Draft  ")
    assert lines[-1].startswith("  2020-09-23  Status: Draft -> Active  ")
    assert lines[-1].endswith(" Ada")


def test_all_of_them(fep: Path, run: Run) -> None:
    status, out, err = run(fep, "log", "--all")
    assert (status, err) == (0, "")
    assert out == "FEP 7: Draft 2020-09-13 > Active 2020-09-23\nFEP 8: Draft 2020-09-13\n"


def test_json(fep: Path, run: Run) -> None:
    status, out, _err = run(fep, "log", "--all", "--format", "json")
    log = json.loads(out)
    assert (status, log["complete"], log["schema_version"]) == (0, True, 1)
    assert [proposal["number"] for proposal in log["proposals"]] == [7, 8]
    last = log["proposals"][0]["events"][-1]
    assert (last["kind"], last["from"], last["to"]) == ("status", "Draft", "Active")
    assert (last["date"], last["source"]) == ("2020-09-23", "commit")
    _status, out, _err = run(fep, "log", "8", "--format", "json")
    assert [proposal["number"] for proposal in json.loads(out)["proposals"]] == [8]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "give either the number of a proposal or --all"),
        (("7", "--all"), "give either the number of a proposal or --all"),
        (("99",), "FEP 99 has no history"),
        (("--", "-1"), '"-1" is not the number of a FEP; write it as 12 or FEP-12'),
        (("seven",), '"seven" is not the number of a FEP'),
        (("--output=x",), "No such option"),
    ],
)
def test_usage_errors(fep: Path, run: Run, arguments: tuple[str, ...], message: str) -> None:
    before = sorted(fep.iterdir())
    status, out, err = run(fep, "log", "--no-cache", *arguments)
    assert (status, out) == (2, "")
    assert message in err
    assert sorted(fep.iterdir()) == before


def test_without_git(checkout: Callable[..., Path], run: Run) -> None:
    directory = checkout()
    for arguments in (("log", "--all"), ("log", "7"), ("stats",)):
        status, out, err = run(directory, *arguments)
        assert (status, out) == (2, "")
        assert err == (
            f"fep: {directory}: not a git repository; fep reads the history from git, "
            "so run git init and commit the files\n"
        )


def test_before_the_first_commit(checkout: Callable[..., Path], run: Run) -> None:
    directory = checkout()
    git(directory, "init", "--quiet")
    status, out, err = run(directory, "log", "--all")
    assert (status, out, err) == (
        2,
        "",
        f"fep: {directory}: nothing was committed to this branch yet\n",
    )
    git(directory, "commit", "--quiet", "--allow-empty", "--message=nothing")
    assert run(directory, "log", "--all") == (0, "", "")


def test_a_shallow_clone_says_so_once(
    fep: Path, tmp_path_factory: pytest.TempPathFactory, run: Run
) -> None:
    clone = tmp_path_factory.mktemp("clone")
    git(fep, "clone", "--quiet", "--depth=1", f"file://{fep}", str(clone))
    remedy = "fep: the clone is shallow; run git fetch --unshallow for the whole history\n"
    for _again in range(2):
        assert run(clone, "log", "--all") == (0, "FEP 7: unknown\nFEP 8: unknown\n", remedy)
    assert run(clone, "log", "7")[1:] == (
        "FEP 7\n  (earlier history is not in this clone)\n",
        remedy,
    )
    _status, out, err = run(clone, "log", "--all", "--format", "json")
    assert err == remedy
    assert json.loads(out)["complete"] is False
    assert [proposal["events"] for proposal in json.loads(out)["proposals"]] == [[], []]
    assert "(the history is incomplete: the clone is shallow)" in run(clone, "stats")[1]


def test_hostile_names_are_escaped(fep: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_AUTHOR_NAME", "\x1b[31mA\x07\u202e##[add-mask]x")
    commit(fep, {"fep-0007.rst": text(7, "Draft").replace("About", "\x1b]0;title\x07")})
    for arguments in (("7",), ("--all",), ("7", "--format", "json")):
        _status, out, _err = run(fep, "log", *arguments)
        assert not {"\x1b", "\x07", "\u202e"} & set(out)
        assert "##[" not in out or arguments[-1] == "json"


def test_output_is_cached_by_commit(fep: Path, run: Run) -> None:
    fresh = run(fep, "log", "--all", "--no-cache")
    assert not (fep / ".fep_cache").exists()
    assert run(fep, "log", "--all") == fresh
    assert run(fep, "log", "--all") == fresh
    assert run(fep, "log", "7")[1] != fresh[1]
    commit(fep, {"fep-0008.rst": text(8, "Review")}, 1_600_000_000 + 86_400)
    assert run(fep, "log", "--all")[1].endswith("FEP 8: Draft 2020-09-13 > Review 2020-09-14\n")
    git(fep, "checkout", "--quiet", "HEAD~1")
    assert run(fep, "log", "--all") == fresh


def test_declared_events_are_not_cached_from_another_text(fep: Path, run: Run) -> None:
    assert "FEP 9" not in run(fep, "log", "--all")[1]
    for day in ("2011-09-29", "2011-09-30"):
        text = RETROACTIVE.replace("2011-09-29", day)
        (fep / "proposals" / "fep-0009.rst").write_text(text, "utf-8")
        out = run(fep, "log", "--all")[1]
        assert out.endswith(f"FEP 9: Draft 2011-06-28 > Final {day}\n")


def test_in_a_hook(fep: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = run(fep, "log", "--all", "--no-cache")
    monkeypatch.setenv("GIT_DIR", str(fep / "nowhere"))
    monkeypatch.setenv("GIT_INDEX_FILE", "/nowhere")
    assert run(fep, "log", "--all", "--no-cache") == expected


@pytest.mark.skipif(sys.platform == "win32", reason="the wrapper is a shell script")
def test_the_number_of_processes(fep: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A whole run: the number does not grow with the history."""
    directory = tmp_path_factory.mktemp("bin")
    (directory / "git").write_text(
        f'#!/bin/sh\necho "$@" >> "{directory}/calls"\nexec "{GIT}" "$@"\n'
    )
    (directory / "git").chmod(0o755)
    environment = {**os.environ, "PATH": f"{directory}{os.pathsep}{os.environ['PATH']}"}
    command = [sys.executable, "-c", "from fep_tools.cli.main import main; main()", "log", "--all"]

    def calls(*more: str) -> int:
        (directory / "calls").write_text("")
        subprocess.run([*command, *more], cwd=fep, env=environment, check=True, capture_output=True)
        return len((directory / "calls").read_text().splitlines())

    few = calls("--no-cache")
    for number in range(10, 60):
        commit(fep, {f"fep-{number:04}.rst": text(number, "Draft")})
    assert calls("--no-cache") == few == 4
    assert calls() == 6
    assert calls() == 2


def test_stats(fep: Path, run: Run) -> None:
    status, out, err = run(fep, "stats")
    assert (status, err) == (0, "")
    assert "Status changes\n  new -> Draft     2\n  Draft -> Active  1\n" in out
    assert "  Draft                     10      10    -     1 of 2\n" in out
    assert out.endswith("New proposals by year and type\n  2020  Process  2\n")
    status, out, err = run(fep, "stats", "--format", "json")
    assert (status, err) == (0, "")
    assert json.loads(out)["transitions"][1] == {"from": "Draft", "to": "Active", "count": 1}


PUBLISHED = (("log", "7"), ("log", "7", "--format", "json"), ("list", "--format", "json"),
             ("show", "7", "--format", "json"), ("export", "atom"), ("export", "json"))  # fmt: skip


@pytest.mark.parametrize("arguments", PUBLISHED, ids=" ".join)
def test_names_are_those_of_the_mailmap(fep: Path, run: Run, arguments: tuple[str, ...]) -> None:
    """Also after the output was cached under the former name."""
    assert "Ada" in run(fep, *arguments)[1]
    (fep / ".mailmap").write_text("Countess Lovelace <Ada>\n")
    out = run(fep, *arguments)[1]
    assert "Countess Lovelace" in out
    assert out.replace("Ada Lovelace", "").count("Ada") == 0
