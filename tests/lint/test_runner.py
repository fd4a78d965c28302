"""Transitions judged on a change: a table made of the process itself, and the gate in git."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path

import pytest

from fep_tools.diagnostics import CheckOptions
from fep_tools.errors import RepositoryError
from fep_tools.lint import testing
from fep_tools.lint.registry import all_rules
from fep_tools.lint.reporters import github
from fep_tools.lint.reporters.context import ReportContext
from fep_tools.lint.rules.headers._helpers import sample
from fep_tools.process.loader import load_process
from fep_tools.proposals.model import Proposal
from fep_tools.repository import Repository

ROOT = Path(__file__).parents[2]
PROCESS = load_process(ROOT / "fep" / "process.toml")
GATE = [rule for rule in all_rules() if rule.code in {"T001", "T002", "T003", "T005"}]

STATUSES = [status.name for status in PROCESS.statuses]
TYPES = [kind.name for kind in PROCESS.types]


def text(status: str, type_: str, *lines: str) -> str:
    return "\n".join(["FEP: 7", f"Status: {status}", f"Type: {type_}", *lines])


def codes(before: str, after: str) -> set[str]:
    found = testing.check_example(GATE, f"# base\n{before}\n\n# head\n{after}\n", PROCESS)
    return {told.code for told in found}


def cells() -> Iterator[tuple[str, str, str, bool]]:
    """Every pair of different statuses, for every type, with and without evidence."""
    for before, after, type_, evidence in product(STATUSES, STATUSES, TYPES, [True, False]):
        if before != after:
            yield before, after, type_, evidence


def headers(names: tuple[str, ...]) -> list[str]:
    """A line for each of the headers of those names."""
    blank = Proposal("", "")
    found = (PROCESS.header(name) for name in names)
    return [sample(header, blank, PROCESS) for header in found if header]


@pytest.mark.parametrize(("before", "after", "type_", "evidence"), list(cells()))
@pytest.mark.parametrize("retroactive", [False, True])
def test_every_cell_of_the_table(
    before: str, after: str, type_: str, evidence: bool, retroactive: bool
) -> None:
    """What the table of the process says is what a change is told."""
    mark = ["Retroactive: yes"] if retroactive else []
    step = PROCESS.transition(before, after, type_, retroactive=retroactive)
    needs = step.needs if step else ()
    proof = headers(needs) if evidence else []
    found = codes(text(before, type_, *mark), text(after, type_, *proof, *mark))
    if step is None:
        assert found == {"T001"}
    elif evidence:
        assert found == set()
    else:
        assert found <= {"T003"}
        at_rest = [PROCESS.header(name) for name in needs]
        if needs and all(header and not header.required for header in at_rest):
            assert found == {"T003"}


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("retroactive", [False, True])
def test_every_way_to_arrive(status: str, retroactive: bool) -> None:
    mark = ["Retroactive: yes"] if retroactive else []
    found = codes("", text(status, "Process", *mark))
    expected = set() if retroactive or status == PROCESS.initial_status.name else {"T005"}
    assert found == expected


def test_nobody_becomes_a_record_to_skip_a_step() -> None:
    before = text("Draft", "Standards Track")
    after = text("Final", "Standards Track", "Retroactive: yes")
    assert "T001" in codes(before, after)


DRAFT = """\
FEP: {n}
Title: Title {n}
Author: Ada Lovelace
Status: {status}
Type: Process
Created: 2026-01-02{more}

Copyright
=========

This document is placed in the public domain or under the CC0-1.0-Universal license,
whichever is more permissive.
"""


def draft(number: int, status: str = "Draft", more: str = "") -> str:
    return DRAFT.format(n=number, status=status, more=more)


def git(root: Path, *arguments: str) -> None:
    who = ["-c", "user.name=Ada", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main"]
    subprocess.run(["git", *who, *arguments], cwd=root, check=True, capture_output=True)


@pytest.fixture
def branch(checkout: Callable[..., Path]) -> Path:
    """A branch of a repository whose main line has a broken proposal and a good one."""
    root = checkout({"fep-0001.rst": draft(1), "fep-0002.rst": draft(2, "Drfat")})
    git(root, "init", "--quiet")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "main")
    git(root, "checkout", "--quiet", "-b", "mine")
    return root


def told(root: Path, base: str = "main") -> list[tuple[str, str, bool | None]]:
    verdict = Repository.open(root).check(CheckOptions(testing.TODAY, jobs=1), base=base)
    return [(d.path[-8:-4], d.code, d.introduced) for d in verdict.diagnostics]


def test_what_was_there_before_fails_nothing(branch: Path) -> None:
    (branch / "proposals" / "fep-0001.rst").write_text(draft(1) + "\nMore.\n", "utf-8")
    verdict = Repository.open(branch).check(CheckOptions(testing.TODAY, jobs=1), base="main")
    assert not verdict.fails()
    assert {d.introduced for d in verdict.diagnostics if d.path.endswith("2.rst")} == {False}


def test_what_is_new_fails(branch: Path) -> None:
    (branch / "proposals" / "fep-0001.rst").write_text(draft(1, "Accepted"), "utf-8")
    found = told(branch)
    assert ("0001", "T001", True) in found
    assert ("0002", "H104", False) in found


def test_lines_that_move_are_not_new(branch: Path) -> None:
    moved = draft(2, "Drfat").replace("Author", "Sponsor: Grace Hopper\nAuthor")
    (branch / "proposals" / "fep-0002.rst").write_text(moved, "utf-8")
    assert ("0002", "H104", False) in told(branch)


def test_the_base_is_where_the_branch_began(branch: Path) -> None:
    """What main did since is not what this branch did, backwards."""
    git(branch, "checkout", "--quiet", "main")
    (branch / "proposals" / "fep-0001.rst").write_text(draft(1, "Review"), "utf-8")
    git(branch, "commit", "--quiet", "--all", "--message", "on")
    git(branch, "checkout", "--quiet", "mine")
    assert [code for _n, code, _new in told(branch) if code.startswith("T")] == []


def test_a_settled_proposal_is_strictly_judged_when_it_settles(branch: Path) -> None:
    new = draft(3, "Final", "\nRetroactive: yes")
    (branch / "proposals" / "fep-0003.rst").write_text(new, "utf-8")
    verdict = Repository.open(branch).check(CheckOptions(testing.TODAY, jobs=1), base="main")
    missing = [d for d in verdict.diagnostics if d.code == "H005"]
    assert {str(d.severity) for d in missing} == {"error"}


def test_an_unknown_base_is_no_answer(branch: Path) -> None:
    with pytest.raises(RepositoryError, match='there is no commit "nowhere"'):
        told(branch, "nowhere")


def test_a_change_is_not_judged_by_what_it_makes_of_the_rules(branch: Path) -> None:
    (branch / "pyproject.toml").write_text('[tool.fep]\nignore = ["T"]\n', "utf-8")
    process = branch / "fep" / "process.toml"
    text = process.read_text("utf-8")
    process.write_text(text.replace('to = ["Review",', 'to = ["Final", "Review",'), "utf-8")
    (branch / "proposals" / "fep-0001.rst").write_text(draft(1, "Final"), "utf-8")
    verdict = Repository.open(branch).check(CheckOptions(testing.TODAY, jobs=1), base="main")
    assert "T001" in {told.code for told in verdict.diagnostics}
    assert verdict.notes == (
        "the settings of main apply, not those of this change",
        "the process file of main applies, not that of this change",
    )


def test_a_change_that_brings_what_runs_is_told_so(branch: Path) -> None:
    (branch / "conf.py").write_text("import os\n", "utf-8")
    (branch / "notes.txt").write_text("nothing\n", "utf-8")
    for number in range(6):
        file = branch / ".github" / "workflows" / f"{number}.yml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("on: push\n", "utf-8")
    git(branch, "add", ".")
    git(branch, "commit", "--quiet", "--message", "more")
    verdict = Repository.open(branch).check(CheckOptions(testing.TODAY, jobs=1), base="main")
    begins = "this change also affects what runs or how proposals are checked: "
    workflows = ", ".join(f".github/workflows/{number}.yml" for number in range(5))
    assert verdict.notes == (f"{begins}{workflows} and others; a maintainer has to review it",)
    assert f"::notice title=fep::{begins}{workflows}" in github.render(verdict, ReportContext())


def test_a_change_of_proposals_alone_needs_no_such_word(branch: Path) -> None:
    assert (
        Repository.open(branch).check(CheckOptions(testing.TODAY, jobs=1), base="main").notes == ()
    )
