"""A proposal from an empty directory to a published page, with the real programs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from ..lsp.client import Editor, PROGRAM
from ..site.sites import Reader

pytestmark = pytest.mark.slow

pytest.importorskip("pygls", reason="the extra lsp is not installed")

PATH = "proposals/tip-0002.rst"
WHO = {
    f"GIT_{who}_{what}": value
    for who in ("AUTHOR", "COMMITTER")
    for what, value in (("NAME", "Ada Lovelace"), ("EMAIL", "ada@example.org"))
}
TEXT = """\
TIP: 2
Title: Typed views
Author: Ada Lovelace
Status: Draft
Type: change
Created: 21 November 2026

Abstract
========

A view says with annotations what it takes; see :tip:`9`.

Motivation
==========

Whoever calls a view has to guess today.

Specification
=============

Annotations of the parameters say how their texts are read.
"""


class Day:
    """A directory, and the programs that an author or a CI job runs in it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.environment = {
            **os.environ,
            **WHO,
            "FEP_AUTHOR": "Ada Lovelace",
            "GIT_CONFIG_GLOBAL": os.devnull,
            "NO_COLOR": "1",
            "SOURCE_DATE_EPOCH": "1795219200",
        }
        self.environment.pop("CI", None)

    def fep(self, *arguments: str) -> tuple[int, str]:
        """Return the exit status and the standard output of a command."""
        command = [sys.executable, "-P", "-c", PROGRAM, *arguments]
        done = subprocess.run(
            command, cwd=self.root, env=self.environment, capture_output=True, text=True
        )
        assert "Traceback" not in done.stderr
        return done.returncode, done.stdout

    def git(self, *arguments: str) -> None:
        command = ["git", *arguments]
        subprocess.run(
            command, cwd=self.root, env=self.environment, capture_output=True, check=True
        )

    def commit(self, message: str) -> None:
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", message)

    def merge(self, branch: str) -> None:
        self.git("switch", "--quiet", "main")
        self.git("merge", "--quiet", "--no-ff", "--message", f"Merge {branch}", branch)

    def read(self, path: str) -> str:
        return (self.root / path).read_text("utf-8")

    def write(self, path: str, change: Callable[[str], str]) -> None:
        (self.root / path).write_text(change(self.read(path)), "utf-8")


@pytest.fixture
def day(tmp_path: Path) -> Day:
    return Day(tmp_path)


def replacing(old: str, new: str) -> Callable[[str], str]:
    """Return a function that replaces *old*, which has to be in the text, by *new*."""

    def replace(text: str) -> str:
        assert old in text
        return text.replace(old, new)

    return replace


def edit_in_an_editor(day: Day) -> None:
    """Type the text, fix the date with a quick fix, and overlook the other findings."""
    editor = Editor(day.root, **day.environment)
    try:
        editor.begin()
        assert editor.open(PATH) == []
        found = editor.change(PATH, TEXT)
        assert [finding["code"] for finding in found] == ["H104", "H103", "B021"]
        fix = editor.actions(PATH, found[1], ["quickfix"])[0]
        assert fix["title"] == "Fix H103 header-date: 2026-11-21"
        (edits,) = fix["edit"]["changes"].values()
        left = editor.change(PATH, editor.edited(PATH, edits))
        assert [finding["code"] for finding in left] == ["H104", "B021"]
        editor.save(PATH)
        assert editor.end() == 0
    finally:
        editor.close()


def check_pull_request(day: Day) -> tuple[int, list[str], list[Mapping[str, Any]]]:
    """Return the exit status, the annotations and the SARIF results for the pull request."""
    formats = ["--format", "github", "--format", "sarif:../fep.sarif"]
    status, output = day.fep("check", "--base", "main", *formats)
    sarif = json.loads((day.root / ".." / "fep.sarif").read_text("utf-8"))
    annotations = [line for line in output.splitlines() if line.startswith("::")]
    return status, annotations, sarif["runs"][0]["results"]


def test_a_proposal_from_the_first_command_to_the_site(day: Day, tmp_path: Path) -> None:
    # A community creates its repository.
    named = ["--acronym", "TIP", "--name", "Team Improvement Proposal"]
    assert day.fep("init", "tips", *named, "--no-build") == (0, "1 file checked: no findings\n")
    day.root = tmp_path / "tips"
    day.git("init", "--quiet", "--initial-branch=main")
    day.commit("Begin")

    # An author writes a proposal in an editor.
    day.git("switch", "--quiet", "--create", "typed-views")
    assert day.fep("new", "Typed views") == (0, f"{PATH}\n")
    edit_in_an_editor(day)
    day.commit("Typed views")

    # The check of the pull request fails, with the positions of the findings.
    status, annotations, results = check_pull_request(day)
    assert status == 1
    assert [line.partition("::")[2].partition(",col")[0] for line in annotations] == [
        f"error file={PATH},line=5",
        f"error file={PATH},line=11",
    ]
    assert [result["ruleId"] for result in results] == ["H104", "B021"]

    # The tool fixes one finding, the author the other.
    assert day.fep("check", "--fix")[0] == 1
    assert "Type: Change\n" in day.read(PATH)
    day.write(PATH, replacing("`9`", "`1`"))
    day.commit("Fix the findings")
    assert check_pull_request(day) == (0, [], [])
    day.merge("typed-views")

    # It moves to Review once it links to its discussion.
    day.git("switch", "--quiet", "--create", "review")
    status, output = day.fep("transition", "2", "Review")
    assert status == 1
    assert "a Review TIP needs 'Discussions-To'" in output
    thread = "Author: Ada Lovelace\nDiscussions-To: https://example.org/thread/7\n"
    day.write(PATH, replacing("Author: Ada Lovelace\n", thread))
    status, output = day.fep("transition", "2", "Review")
    assert status == 0
    assert "+Status: Review\n" in output
    assert "+Review-Until: 2026-12-05\n" in output
    day.commit("Move typed views to Review")
    assert check_pull_request(day) == (0, [], [])
    day.merge("review")

    # The site shows it.
    status, output = day.fep("build", "--jobs", "1")
    assert status == 0
    assert output.startswith("2 proposals on ")
    site = day.root / "build" / "site"
    page = Reader((site / "tip-0002" / "index.html").read_text("utf-8"))
    assert "A view says with annotations what it takes; see TIP 1." in page.text
    assert any(link.endswith("tip-0001/") for link in page.links())
    index = Reader((site / "index.html").read_text("utf-8"))
    assert "In review" in index.text
    catalog = json.loads((site / "api" / "proposals.json").read_text("utf-8"))
    (entry,) = (entry for entry in catalog["proposals"] if entry["number"] == 2)
    steps = [(e["from"], e["to"]) for e in entry["history"] if e["kind"] == "status"]
    assert steps == [(None, "Draft"), ("Draft", "Review")]
