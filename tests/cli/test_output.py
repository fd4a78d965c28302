"""Report formats, and the files that reports are written to."""

from __future__ import annotations

import io
import json
import re
import sys
from pathlib import Path

import pytest

from fep_tools.cli.output import FORMATS

from .drafts import BAD, Run


@pytest.fixture(autouse=True)
def summary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A job summary that is not empty."""
    page = tmp_path / "summary.md"
    page.write_text("Before.\n", "utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(page))
    return page


def bad(repo: Path) -> None:
    (repo / "proposals" / "fep-0011.rst").write_text(BAD.format(n=11), "utf-8")


@pytest.mark.parametrize("prefix", ["", "{repo}/"])
def test_no_report_is_written_through_a_link(
    run: Run, repo: Path, tmp_path_factory: pytest.TempPathFactory, prefix: str
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (repo / "build").symlink_to(elsewhere)
    file = f"{prefix.format(repo=repo)}build/a.sarif"
    status, _out, err = run(repo, "check", "--format", f"sarif:{file}")
    assert (status, err) == (2, "fep: build: is a link; nothing was written\n")
    assert list(elsewhere.iterdir()) == []


def test_several_reports_of_one_run(run: Run, repo: Path) -> None:
    bad(repo)
    names = ["github", "sarif:a.sarif", "junit:a.xml", "text:a.txt"]
    arguments = [part for name in names for part in ("--format", name)]
    status, out, _err = run(repo, "check", "--color", "always", *arguments)
    assert status == 1
    assert out.startswith("::error file=proposals/fep-0011.rst,line=7,col=10,")
    assert json.loads((repo / "a.sarif").read_text())["runs"][0]["results"][0]["ruleId"] == "H103"
    assert (repo / "a.xml").read_text().startswith("<?xml")
    assert "\x1b" not in (repo / "a.txt").read_text()


def test_two_reports_on_standard_output_are_refused(run: Run, repo: Path) -> None:
    status, _out, err = run(repo, "check", "--format", "text", "--format", "json")
    assert status == 2
    assert "only one format can go to standard output" in err


def test_an_unknown_format_gets_a_suggestion(run: Run, repo: Path) -> None:
    err = run(repo, "check", "--format", "sariff")[2]
    assert "there is no format sariff; did you mean sarif?" in err


def test_a_report_in_a_missing_directory(run: Run, repo: Path) -> None:
    status, _out, err = run(repo, "check", "--format", "json:no/where.json")
    assert status == 2
    assert err == "fep: no/where.json: cannot be written: no such file or directory\n"


@pytest.mark.parametrize("name", ["proposals/fep-0011.rst", "fep/process.toml"])
@pytest.mark.parametrize("prefix", ["", "proposals/../", "{repo}/"])
@pytest.mark.parametrize("command", ["check", "check --fix", "notes check"])
def test_no_report_takes_the_place_of_what_is_checked(
    run: Run, repo: Path, name: str, prefix: str, command: str
) -> None:
    bad(repo)
    before = (repo / name).read_bytes()
    target = f"json:{prefix.format(repo=repo)}{name}"
    status, out, err = run(repo, *command.split(), "--format", target)
    assert (status, out) == (2, "")
    assert f"{name} is checked; write the report to another file" in err
    assert (repo / name).read_bytes() == before


def test_github_appends_a_table_to_the_job_summary(run: Run, repo: Path, summary: Path) -> None:
    bad(repo)
    run(repo, "check", "--format", "json")
    assert summary.read_text() == "Before.\n"
    run(repo, "check", "--format", "github")
    assert summary.read_text().startswith("Before.\n### FEP check\n\n| Location |")


def test_github_without_a_job_summary(
    run: Run, repo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GITHUB_STEP_SUMMARY")
    assert run(repo, "check", "--format", "github")[:2] == (0, "3 files checked: no findings\n")


def test_paths_are_relative_to_the_git_root(run: Run, git_repo: Path) -> None:
    bad(git_repo)
    above = git_repo.parent / ".git"
    (git_repo / ".git").rename(above)
    out = run(git_repo, "check", "--format", "gitlab")[1]
    above.rename(git_repo / ".git")
    assert json.loads(out)[0]["location"]["path"] == f"{git_repo.name}/proposals/fep-0011.rst"


def test_paths_are_relative_to_the_git_root_behind_a_link(
    run: Run, git_repo: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    bad(git_repo)
    above = git_repo.parent / ".git"
    (git_repo / ".git").rename(above)
    link = tmp_path_factory.mktemp("home") / "link"
    link.symlink_to(git_repo)
    out = run(link.parent, "check", "--root", "link", "--format", "gitlab")[1]
    above.rename(git_repo / ".git")
    assert json.loads(out)[0]["location"]["path"] == f"{git_repo.name}/proposals/fep-0011.rst"


def test_suggestions_for_standard_input(
    run: Run, repo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = io.TextIOWrapper(io.BytesIO(BAD.format(n=13).encode()))
    monkeypatch.setattr(sys, "stdin", given)
    name = "proposals/fep-0013.rst"
    out = run(repo, "check", "-", "--stdin-filename", name, "--format", "rdjsonl")[1]
    assert json.loads(out)["suggestions"][0]["text"] == "2026-01-02"


HOSTILE = """\
FEP: 13
Title: ##[add-mask]x ##vso[task.setvariable]y <script>alert(1)</script>
Author: ::error file=x::y
Status: ##vso[task.setvariable]]></failure><x>
Type: ::stop-commands::x
Topic: ::set-output name=a::b,
  ::add-mask::c
Created: `|`<b>%0A::error::d

##[error]e
==========

.. ::warning::f: [g](https://e.org/##[add-mask]h)
"""


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_no_format_contains_a_command_of_the_runner(
    run: Run, repo: Path, name: str, summary: Path
) -> None:
    (repo / "proposals" / "fep-0013.rst").write_text(HOSTILE, "utf-8")
    status, out, _err = run(repo, "check", "--select", "ALL", "--format", name)
    assert status == 1
    for line in re.split("[\r\n]", out + summary.read_text("utf-8")):
        ours = re.match("::(error|warning|notice) file=proposals/fep-", line)
        assert not re.match(r"\s*::", line) or (name == "github" and ours)
        assert not re.search(r"##(vso)?\[", line)
    if name in {"gitlab", "json", "json-lines", "junit", "rdjson", "rdjsonl", "sarif"}:
        assert "<script" not in out
        assert "<b>" not in out
