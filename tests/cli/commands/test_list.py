"""``fep list`` and ``fep show``."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from fep_tools.repository import Repository

from ..drafts import GOOD, Run


def test_list_and_show(run: Run, git_repo: Path) -> None:
    assert run(git_repo, "list")[1] == (
        "10  Draft  Process  Title 10\n11  Draft  Process  Title 11\n12  Draft  Process  Title 12\n"
    )
    assert run(git_repo, "list", "--status", "final") == (0, "", "fep: no proposals match\n")
    listed = run(git_repo, "list", "--topic", "x", "--format", "json")
    assert listed == (0, "[]\n", "fep: no proposals match\n")
    assert json.loads(run(git_repo, "list", "--author", "love", "--format", "json")[1])
    assert run(git_repo, "list", "--topic", "core", "--format", "csv")[1].startswith("number,")
    shown = run(git_repo, "show", "10")[1]
    assert shown.startswith("FEP 10: Title 10\n")
    assert "Author:        Ada Lovelace" in shown
    assert json.loads(run(git_repo, "show", "10", "--format", "json")[1])["number"] == 10


def test_list_names_proposals_without_a_number(run: Run, git_repo: Path) -> None:
    proposals = git_repo / "proposals"
    for name in ("fep-x.rst", "fep-y.rst", "fep-z.rst", "fep-w.rst"):
        (proposals / name).write_text(GOOD.replace("FEP: {n}\n", ""), "utf-8")
        code, out, err = run(git_repo, "list")
        assert (code, out.count("\n")) == (0, 3)
    assert err == (
        "fep: 4 proposals have no number: proposals/fep-w.rst, proposals/fep-x.rst,"
        " proposals/fep-y.rst and 1 more\n"
    )
    assert run(git_repo, "list", "--search", "title 10")[2] == ""


@pytest.mark.parametrize(
    ("options", "numbers"),
    [
        (["--search", "TITLE 11"], [11]),
        (["--search", "11 title"], [11]),
        (["--search", "11 12"], []),
        (["--sort", "title"], [12, 10, 11]),
        (["--sort", "created"], [11, 10, 12]),
        (["--sort", "status"], [12, 10, 11]),
        (["--sort", "changed"], [10, 11, 12]),
    ],
)
def test_list_searches_and_sorts(
    run: Run, git_repo: Path, options: list[str], numbers: list[int]
) -> None:
    twelfth, eleventh = (git_repo / "proposals" / f"fep-00{n}.rst" for n in (12, 11))
    twelfth.write_text(
        GOOD.format(n=12)
        .replace("Title 12", "A title 12")
        .replace("Draft", "Active")
        .replace("2026-01-02", "soon"),
        "utf-8",
    )
    eleventh.write_text(GOOD.format(n=11).replace("2026-01-02", "2026-02-03"), "utf-8")
    listed = run(git_repo, "list", *options, "--format", "json")[1]
    assert [entry["number"] for entry in json.loads(listed)] == numbers


def test_list_at_a_commit_and_on_a_day(run: Run, git_repo: Path) -> None:
    (git_repo / "proposals" / "fep-0011.rst").unlink()
    assert len(run(git_repo, "list")[1].split("\n")) == 3
    assert len(run(git_repo, "list", "--at", "HEAD")[1].split("\n")) == 4
    assert len(run(git_repo, "list", "--at", "2999-01-01")[1].split("\n")) == 4
    assert run(git_repo, "list", "--at", "1999-01-01")[0] == 2
    assert run(git_repo, "list", "--at", "--output=x")[0] == 2


def commit(repo: Path, day: str) -> None:
    identity = ["-c", "user.name=Ada", "-c", "user.email=a@example.org"]
    environment = os.environ | {"GIT_COMMITTER_DATE": f"{day}T00:00:00Z"}
    for arguments in (["add", "--all"], ["commit", "--quiet", "--message", "x"]):
        subprocess.run(["git", *identity, *arguments], cwd=repo, check=True, env=environment)


@pytest.fixture
def moved(git_repo: Path) -> Path:
    """A repository whose proposals were elsewhere until 2022, and without a process until 2023.

    FEP 13 was removed before the move.
    """
    for directory in ("proposals", "fep"):
        (git_repo / directory).rename(git_repo / f"former-{directory}")
    (git_repo / "former-proposals" / "fep-0013.rst").write_text(GOOD.format(n=13), "utf-8")
    (git_repo / "examples").mkdir()
    (git_repo / "examples" / "example.rst").write_text(GOOD.format(n=99), "utf-8")
    commit(git_repo, "2021-01-01")
    (git_repo / "former-proposals" / "fep-0013.rst").unlink()
    (git_repo / "examples" / "example.rst").unlink()
    commit(git_repo, "2021-06-01")
    (git_repo / "former-proposals").rename(git_repo / "proposals")
    commit(git_repo, "2022-01-01")
    (git_repo / "former-fep").rename(git_repo / "fep")
    file = git_repo / "proposals" / "fep-0011.rst"
    file.write_text(file.read_text("utf-8").replace("Draft", "Review"), "utf-8")
    commit(git_repo, "2023-01-01")
    return git_repo


@pytest.mark.parametrize(
    ("at", "numbers", "reviewed"),
    [
        ("2020-02-01", [10, 11, 12], []),
        ("2021-02-01", [10, 11, 12, 13], []),
        ("2021-07-01", [10, 11, 12], []),
        ("2022-02-01", [10, 11, 12], []),
        ("2023-02-01", [10, 11, 12], [11]),
        ("HEAD~2", [10, 11, 12], []),
    ],
)
def test_list_at_a_time_when_proposals_were_elsewhere(
    run: Run, moved: Path, at: str, numbers: list[int], reviewed: list[int]
) -> None:
    listed = json.loads(run(moved, "list", "--at", at, "--format", "json")[1])
    assert [entry["number"] for entry in listed] == numbers
    assert [entry["number"] for entry in listed if entry["status"] == "Review"] == reviewed
    assert all(entry["history"] for entry in listed)
    status, out, _err = run(moved, "list", "--at", at)
    assert (status, [int(line.split()[0]) for line in out.splitlines()]) == (0, numbers)


def test_list_at_a_time_has_the_process_of_that_time(run: Run, git_repo: Path) -> None:
    process = git_repo / "fep" / "process.toml"
    text = process.read_text("utf-8")
    process.write_text(text.replace('"Withdrawn"', '"Retracted"'), "utf-8")
    file = git_repo / "proposals" / "fep-0011.rst"
    file.write_text(file.read_text("utf-8").replace("Draft", "Retracted"), "utf-8")
    commit(git_repo, "2021-01-01")
    process.write_text(text, "utf-8")
    file.write_text(file.read_text("utf-8").replace("Retracted", "Withdrawn"), "utf-8")
    commit(git_repo, "2022-01-01")
    listed = run(git_repo, "list", "--at", "2021-02-01", "--status", "retracted")
    assert listed == (0, "11  Retracted  Process  Title 11\n", "")
    assert run(git_repo, "list", "--status", "retracted")[0] == 2
    assert run(git_repo, "list", "--at", "2022-02-01", "--status", "Withdrawn")[1] != ""


RETROACTIVE = """\
FEP: 20
Title: An old decision
Author: Ada Lovelace
Status: Final
Type: Process
Topic: Core
Created: 2010-04-23
Retroactive: Yes
Status-History: 2010-04-23 Draft https://example.org/the-first-record,
  2012-05-06 Final https://example.org/the-decision
"""


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("2010-04-22", None),
        ("2010-04-23", [(20, "Draft")]),
        ("2012-05-05", [(20, "Draft")]),
        ("2012-05-06", [(20, "Final")]),
        ("2020-02-01", [(10, "Draft"), (11, "Draft"), (12, "Draft"), (20, "Final")]),
        ("2021-02-01", [(10, "Draft"), (11, "Draft"), (12, "Draft"), (20, "Final")]),
    ],
)
def test_list_knows_declared_history(
    run: Run, git_repo: Path, at: str, expected: list[tuple[int, str]] | None
) -> None:
    (git_repo / "proposals" / "fep-0020.rst").write_text(RETROACTIVE, "utf-8")
    commit(git_repo, "2021-01-01")
    status, out, err = run(git_repo, "list", "--at", at, "--format", "json")
    if expected is None:
        assert (status, out) == (2, "")
        assert f"there is no commit on {at} or earlier" in err
    else:
        assert [(entry["number"], entry["status"]) for entry in json.loads(out)] == expected


@pytest.mark.parametrize(
    ("filters", "numbers"),
    [
        (("--status", "Draft"), [10, 12]),
        (("--status", "draft", "--status", "Review"), [10, 11, 12]),
        (("--status", "Review", "--status", "Final"), [11]),
        (("--type", "Process", "--type", "Informational"), [10, 11, 12]),
        (("--author", "Grace", "--author", "Ada"), [10, 11, 12]),
        (("--author", "Grace", "--status", "Draft"), [12]),
        (("--topic", "Core", "--topic", "Templating"), [10, 11, 12]),
        (("--topic", "Templating", "--author", "Ada"), []),
    ],
)
def test_repeated_filters_accumulate(
    run: Run, repo: Path, filters: tuple[str, ...], numbers: list[int]
) -> None:
    for number, old, new in ((11, "Draft", "Review"), (12, "Ada Lovelace", "Grace Hopper")):
        file = repo / "proposals" / f"fep-00{number}.rst"
        file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")
    out = run(repo, "list", *filters)[1]
    assert [int(line.split()[0]) for line in out.splitlines()] == numbers


def test_list_as_json_is_what_the_site_publishes(run: Run, git_repo: Path) -> None:
    listed = json.loads(run(git_repo, "list", "--format", "json")[1])
    catalog = Repository.open(git_repo).catalog()
    assert listed == [entry.as_json() for entry in catalog.proposals]
    assert all(entry["history"] for entry in listed)


def test_list_at_a_commit_has_the_history_up_to_it(run: Run, git_repo: Path) -> None:
    at = json.loads(run(git_repo, "list", "--at", "HEAD", "--format", "json")[1])
    assert at == json.loads(run(git_repo, "list", "--format", "json")[1])
