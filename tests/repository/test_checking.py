"""Checks of a repository on disk: against a base, with fixes, and with a cache."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from fep_tools import _sequences
from fep_tools.diagnostics import CheckOptions, CheckResult
from fep_tools.errors import ProcessError, RepositoryError
from fep_tools.history import load
from fep_tools.lint import baseline, testing
from fep_tools.lint.reporters import github
from fep_tools.lint.reporters.context import ReportContext
from fep_tools.proposals import pictures
from fep_tools.repository import change, checking, findings, passing_statuses, Repository

OPTIONS = CheckOptions(testing.TODAY, jobs=1)

DRAFT = """\
FEP: {number}
Title: Title {number}
Author: Ada Lovelace
Status: {status}
Type: Process
Created: {created}{more}

Copyright
=========

This document is placed in the public domain or under the CC0-1.0-Universal license,
whichever is more permissive.
"""


def draft(number: int, status: str = "Draft", more: str = "", created: str = "2026-01-02") -> str:
    return DRAFT.format(number=number, status=status, more=more, created=created)


def git(root: Path, *arguments: str) -> None:
    author = ["-c", "user.name=Ada", "-c", "user.email=a@example.org"]
    command = ["git", *author, "-c", "init.defaultBranch=main", *arguments]
    subprocess.run(command, cwd=root, check=True, capture_output=True)


def write(root: Path, number: int, text: str) -> None:
    (root / "proposals" / f"fep-{number:04}.rst").write_text(text, "utf-8")


def test_the_day_of_a_check_is_that_of_a_build(
    checkout: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A header is in the future or not wherever it is checked, and on every computer."""
    root = checkout({"fep-0001.rst": draft(1)})
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1704067200")  # 2024-01-01
    found = Repository.open(root).check().diagnostics
    assert [(d.code, d.span.line) for d in found if "future" in d.message] == [("H110", 6)]


# Against a base -----------------------------------------------------------------------------


@pytest.fixture
def branch(checkout: Callable[..., Path]) -> Path:
    """Return a repository on a branch of main, which has a valid and an invalid proposal."""
    root = checkout({"fep-0001.rst": draft(1), "fep-0002.rst": draft(2, "Drfat")})
    git(root, "init", "--quiet")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "main")
    git(root, "checkout", "--quiet", "-b", "mine")
    return root


def check(root: Path, base: str = "main") -> CheckResult:
    return Repository.open(root).check(OPTIONS, base=base)


def summary(result: CheckResult) -> list[tuple[str, str, bool | None]]:
    return [(d.path[-8:-4], d.code, d.introduced) for d in result.diagnostics]


def test_finding_of_the_base_is_not_introduced(branch: Path) -> None:
    write(branch, 1, draft(1) + "\nMore.\n")
    result = check(branch)
    assert {d.introduced for d in result.diagnostics if d.path.endswith("2.rst")} == {False}
    assert not result.fails()


def test_finding_of_the_change_is_introduced(branch: Path) -> None:
    write(branch, 1, draft(1, "Accepted"))
    result = check(branch)
    assert ("0001", "T001", True) in summary(result)
    assert ("0002", "H104", False) in summary(result)
    assert result.fails()


def test_finding_on_a_moved_line_is_not_introduced(branch: Path) -> None:
    write(branch, 2, draft(2, "Drfat").replace("Author", "Sponsor: Grace Hopper\nAuthor"))
    assert ("0002", "H104", False) in summary(check(branch))


def test_base_is_the_commit_where_the_branch_began(branch: Path) -> None:
    """What happened on main since then is not undone by the branch."""
    git(branch, "checkout", "--quiet", "main")
    write(branch, 1, draft(1, "Review"))
    git(branch, "commit", "--quiet", "--all", "--message", "on")
    git(branch, "checkout", "--quiet", "mine")
    assert [code for _n, code, _new in summary(check(branch)) if code.startswith("T")] == []


@pytest.mark.parametrize(("status", "found"), [("Deferred", True), ("Draft", False)])
@pytest.mark.parametrize("is_removed", [False, True])
def test_status_that_has_changed_on_the_base_is_found(
    branch: Path, status: str, found: bool, is_removed: bool
) -> None:
    """Git would merge a change of the text of a draft into that of a settled proposal."""
    git(branch, "checkout", "--quiet", "main")
    write(branch, 1, draft(1, status, "\nTopic: Core"))
    commit(branch, "on")
    git(branch, "checkout", "--quiet", "mine")
    write(branch, 1, draft(1) + "\nAnother text.\n")
    if is_removed:
        (branch / "proposals" / "fep-0001.rst").unlink()
    assert (("0001", "T017", True) in summary(check(branch))) is found


def settle_with_includes(root: Path, body: str, files: dict[str, str]) -> Path:
    """Commit a settled proposal with files that it includes on main; return their directory."""
    process = root / "fep" / "process.toml"
    text = process.read_text("utf-8")
    included = '[files]\nincluded = ["proposals/*/*.txt"]\n'
    process.write_text(text.replace("[files]\n", included), "utf-8")
    directory = root / "proposals" / "fep-0001"
    directory.mkdir()
    for name, content in files.items():
        (directory / name).write_text(content, "utf-8")
    write(root, 1, draft(1, "Deferred") + body)
    commit(root, "base")
    git(root, "branch", "--force", "main")
    return directory


@pytest.mark.parametrize("after", ["never = True\n", None])
@pytest.mark.parametrize("directive", ["literalinclude", "Include"])
def test_an_included_file_is_a_part_of_a_settled_text(
    branch: Path, directive: str, after: str | None
) -> None:
    body = f"\n.. {directive}:: fep-0001/code.txt\n"
    file = settle_with_includes(branch, body, {"code.txt": "always = True\n"}) / "code.txt"
    assert check(branch).diagnostics == check(branch, "HEAD").diagnostics
    assert "T010" not in {d.code for d in check(branch).diagnostics}
    if after is None:
        file.unlink()
    else:
        file.write_text(after)
    commit(branch, "change")
    assert ("0001", "T010", True) in summary(check(branch))


@pytest.mark.parametrize("after", ["Views must never be typed.\n", None])
@pytest.mark.parametrize(("status", "expected"), [("Deferred", True), ("Draft", False)])
def test_an_appendix_is_a_part_of_a_settled_text(
    branch: Path, status: str, expected: bool, after: str | None
) -> None:
    process = branch / "fep" / "process.toml"
    pages = '\n[[pages]]\ndirectory = "proposals/fep-*"\npath = "fep-*"\n'
    process.write_text(process.read_text("utf-8") + pages, "utf-8")
    page = branch / "proposals" / "fep-0001" / "appendix.rst"
    page.parent.mkdir()
    page.write_text("Appendix\n========\n\nViews may be typed.\n", "utf-8")
    write(branch, 1, draft(1, status))
    commit(branch, "base")
    git(branch, "branch", "--force", "main")
    assert "T010" not in {d.code for d in check(branch).diagnostics}
    if after is None:
        page.unlink()
    else:
        page.write_text(f"Appendix\n========\n\n{after}", "utf-8")
    commit(branch, "change")
    result = check(branch)
    assert (("0001", "T010", True) in summary(result)) is expected
    assert any("proposals/fep-0001/appendix.rst" in note for note in result.notes) is expected


def test_text_that_moves_to_another_included_file_is_found(branch: Path) -> None:
    parts = (("Allowed", "a"), ("Forbidden", "b"))
    body = "".join(f"\n{name}:\n\n.. include:: fep-0001/{file}.txt\n" for name, file in parts)
    files = {"a.txt": "Ants.\n\nBees.\n", "b.txt": "Cats.\n"}
    directory = settle_with_includes(branch, body, files)
    (directory / "a.txt").write_text("Ants.\n", "utf-8")
    (directory / "b.txt").write_text("\nBees.\nCats.\n", "utf-8")
    commit(branch, "change")
    assert ("0001", "T010", True) in summary(check(branch))


def test_a_comment_in_an_included_file_suppresses_nothing(branch: Path) -> None:
    body = "\n.. include:: fep-0001/a.txt\n"
    directory = settle_with_includes(branch, body, {"a.txt": "Ants.\n"})
    text = ".. fep: ignore[B005] x\n\n`Ants <javascript:x>`_.\n"
    (directory / "a.txt").write_text(text, "utf-8")
    commit(branch, "change")
    found = [code for _number, code, introduced in summary(check(branch)) if introduced]
    assert {"B005", "C022"} <= {*found}


def test_the_comparisons_of_all_settled_texts_share_a_limit(
    branch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With one for each text, a change of many would take as long as their number is high."""
    numbers = range(3, 6)
    for number in numbers:
        write(branch, number, draft(number, "Deferred") + "\nViews may be typed at any time.\n")
    commit(branch, "base")
    git(branch, "branch", "--force", "main")
    for number in numbers:
        write(branch, number, draft(number, "Deferred") + "\nTypes may be used at no time.\n")

    def messages() -> list[str]:
        return [d.message for d in check(branch).diagnostics if d.code == "T010"]

    before = messages()
    monkeypatch.setattr(_sequences, "STEPS_OF_ALL", 20)
    monkeypatch.setattr(_sequences, "STEPS_PER_TEXT", 10)
    after = messages()
    assert len(after) == len(before) == 3
    assert after[0] == before[0]
    assert '"views may be typed at any" was changed to "types may be used at no"' in after[2]
    assert after[2] != before[2]


def test_number_taken_on_the_base_is_a_conflict(branch: Path) -> None:
    git(branch, "checkout", "--quiet", "main")
    write(branch, 3, draft(3))
    git(branch, "add", "--all")
    git(branch, "commit", "--quiet", "--message", "on")
    git(branch, "checkout", "--quiet", "mine")
    (branch / "proposals" / "fep-0003.rst").write_text(draft(3, more="\n"), "utf-8")
    assert ("0003", "T015", True) in summary(check(branch))


def test_errors_stay_errors_in_a_proposal_that_becomes_settled(branch: Path) -> None:
    write(branch, 3, draft(3, "Final", "\nRetroactive: yes"))
    missing = [d for d in check(branch).diagnostics if d.code == "H005"]
    assert {str(d.severity) for d in missing} == {"error"}


def test_errors_of_a_reopened_proposal_are_introduced(branch: Path) -> None:
    write(branch, 3, draft(3, "Final", created="3 March 2025"))
    git(branch, "checkout", "--quiet", "main")
    git(branch, "add", "--all")
    git(branch, "commit", "--quiet", "--message", "final")
    git(branch, "checkout", "--quiet", "-b", "reopened")
    assert ("0003", "H103", False) in summary(check(branch))
    write(branch, 3, draft(3, "Draft", created="3 March 2025"))
    assert ("0003", "H103", True) in summary(check(branch))


def test_unknown_base_is_an_error(branch: Path) -> None:
    with pytest.raises(RepositoryError, match='there is no commit "nowhere"'):
        check(branch, "nowhere")


def test_settings_and_process_of_the_base_are_in_effect(branch: Path) -> None:
    (branch / "pyproject.toml").write_text('[tool.fep]\nignore = ["T"]\n', "utf-8")
    process = branch / "fep" / "process.toml"
    text = process.read_text("utf-8")
    process.write_text(text.replace('to = ["Review",', 'to = ["Final", "Review",'), "utf-8")
    write(branch, 1, draft(1, "Final"))
    result = check(branch)
    assert "T001" in {diagnostic.code for diagnostic in result.diagnostics}
    assert result.notes == (
        "the settings of main apply, not those of this change",
        "the process file of main applies, not that of this change",
    )


def weaken(root: Path) -> None:
    """Let the process allow each status, and a new proposal use that."""
    process = root / "fep" / "process.toml"
    text = process.read_text("utf-8")
    process.write_text(text.replace('"Draft"', '"Drafted"'), "utf-8")
    write(root, 3, draft(3, "Drafted"))


@pytest.mark.parametrize(
    "name", ["fep/process.toml", "./fep/../fep/process.toml", "{root}/fep/process.toml"]
)
@pytest.mark.parametrize("is_moved", [False, True])
def test_a_process_that_the_user_names_is_that_of_the_base(
    branch: Path, monkeypatch: pytest.MonkeyPatch, name: str, is_moved: bool
) -> None:
    """A workflow may name the file, and a change must not decide what is in it."""
    monkeypatch.chdir(branch)
    weaken(branch)
    if is_moved:  # where the link leads, the base has no file
        (branch / "fep").rename(branch / "other")
        (branch / "fep").symlink_to("other")
    commit(branch, "weaker")
    repository = Repository.open(branch, name.format(root=branch))
    result = repository.check(OPTIONS, base="main")
    assert ("0003", "H104", True) in summary(result)
    assert "the process file of main applies, not that of this change" in result.notes


def test_a_process_above_the_root_is_that_of_the_base(tmp_path: Path, branch: Path) -> None:
    """The repository of git is larger than that of the proposals."""
    inner = tmp_path / "large" / "inner"
    shutil.copytree(branch, inner, ignore=shutil.ignore_patterns(".git"))
    shutil.move(inner / "fep", tmp_path / "large" / "fep")
    git(tmp_path / "large", "init", "--quiet")
    commit(tmp_path / "large", "base")
    git(tmp_path / "large", "checkout", "--quiet", "-b", "mine")
    (tmp_path / "large" / "proposals").symlink_to("inner/proposals")
    weaken(tmp_path / "large")
    commit(tmp_path / "large", "weaker")
    process = str(tmp_path / "large" / "fep" / "process.toml")
    result = Repository.open(inner, process).check(OPTIONS, base="main")
    assert ("0003", "H104", True) in summary(result)


def test_a_process_of_the_user_that_is_in_no_commit_is_in_effect(branch: Path) -> None:
    """It comes from elsewhere, such as another repository that the workflow has fetched."""
    weaken(branch)
    (branch / "fep" / "process.toml").rename(branch / "mine.toml")
    result = Repository.open(branch, str(branch / "mine.toml")).check(OPTIONS, base="main")
    assert ("0003", "H104", True) not in summary(result)
    assert result.complete


def test_a_process_of_the_user_that_the_change_adds_is_noted(branch: Path) -> None:
    weaken(branch)
    git(branch, "mv", "fep/process.toml", "new.toml")
    commit(branch, "weaker")
    result = Repository.open(branch, str(branch / "new.toml")).check(OPTIONS, base="main")
    assert "new.toml: does not exist at main; the file of this change applies" in result.notes
    assert not result.complete


def test_rules_that_are_newer_than_the_change_are_noted(branch: Path) -> None:
    """Who makes a change decides where it begins: before a rule that it breaks, for example."""
    git(branch, "checkout", "--quiet", "main")
    process = branch / "fep" / "process.toml"
    process.write_text(process.read_text("utf-8") + "\n# more\n", "utf-8")
    git(branch, "commit", "--quiet", "--all", "--message", "rules")
    git(branch, "checkout", "--quiet", "mine")
    (note,) = check(branch).notes
    assert note == (
        "main has another version of fep/process.toml than when this change began, which was not "
        "applied; merge main and check again"
    )


def test_change_of_protected_files_is_noted(branch: Path) -> None:
    (branch / "conf.py").write_text("import os\n", "utf-8")
    (branch / "notes.txt").write_text("nothing\n", "utf-8")
    for number in range(3):
        file = branch / ".github" / "workflows" / f"{number}.yml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("on: push\n", "utf-8")
    git(branch, "add", ".")
    git(branch, "commit", "--quiet", "--message", "more")
    result = check(branch)
    effect = "this change may also affect what runs, how proposals are checked or what is published"
    begin = f"{effect}: "
    workflows = ", ".join(f".github/workflows/{number}.yml" for number in range(3))
    assert result.notes == (f"{begin}{workflows} and conf.py; a maintainer has to review it",)
    assert f"::notice title=fep::{begin}{workflows}" in github.render(result, ReportContext())


def test_a_status_there_and_back_is_noted(branch: Path) -> None:
    """After a rebase, the second commit is a decision, about another text than the first one."""
    before = draft(1, "Active")
    write(branch, 1, before)
    write(branch, 2, draft(2, "Draft"))
    commit(branch, "decided")
    git(branch, "branch", "--force", "main")
    for status, more in (("Review", ""), ("Active", "\n\nOther."), ("Active", "\n\nWords.")):
        write(branch, 1, draft(1, status, more=more))
        commit(branch, status)
    begin = "proposals/fep-0001.rst becomes Review and then Active again in the commits of"
    notes = [note for note in check(branch).notes if "again" in note]
    assert [note[: len(begin)] for note in notes] == [begin]
    write(branch, 1, before)
    commit(branch, "as before")
    assert not [note for note in check(branch).notes if "again" in note]


@pytest.mark.parametrize(
    ("statuses", "paths", "expected"),
    [
        # The file has another name in between, at the end, or is no proposal in between.
        ("Active Review Active", "0001 1 0001", "Review and then Active again"),
        ("Active Review Active", "0001 0001 1", "Review and then Active again"),
        ("Active Review Active", "0001 0002 0001", "Review and then Active again"),
        ("Active Review Superseded", "0001 0001 0001", "Review and then Superseded"),
        ("Active Review Active Superseded", "0001 0001 0001 0001", "Review and then Superseded"),
        # Nothing was decided before, or the decision stays.
        ("Draft Review Draft", "0001 0001 0001", ""),
        ("Draft Active Draft", "0001 0001 0001", ""),
        ("Active Superseded Active", "0001 0001 0001", ""),
        ("Active Nonsense Active", "0001 0001 0001", ""),
    ],
)
def test_statuses_in_between_may_replace_a_decision(
    branch: Path, statuses: str, paths: str, expected: str
) -> None:
    """The history follows a proposal to other names, so a note about its statuses has to."""
    for step, (status, name) in enumerate(zip(statuses.split(), paths.split(), strict=True)):
        for file in (branch / "proposals").glob("fep-*.rst"):
            file.unlink()
        file = branch / "proposals" / f"fep-{name}.rst"
        file.write_text(draft(1, status, more=f"\n\nStep {step}."), "utf-8")
        commit(branch, status)
        if step == 0:
            git(branch, "branch", "--force", "main")
    notes = [note for note in check(branch).notes if "in the commits of this change" in note]
    assert len(notes) == bool(expected)
    assert all(f"becomes {expected} in" in note for note in notes)


def test_a_status_that_a_merge_sets_may_replace_a_decision(branch: Path) -> None:
    """If the base becomes the last commit, the history has what a merge does by itself."""
    write(branch, 1, draft(1, "Active"))
    commit(branch, "decided")
    git(branch, "branch", "--force", "main")
    git(branch, "checkout", "--quiet", "-b", "side")
    write(branch, 2, draft(2, "Draft"))
    commit(branch, "side")
    git(branch, "checkout", "--quiet", "mine")
    write(branch, 3, draft(3, "Draft"))
    commit(branch, "mine")
    git(branch, "merge", "--quiet", "--no-commit", "side")
    write(branch, 1, draft(1, "Review"))
    commit(branch, "merge")
    write(branch, 1, draft(1, "Active", more="\n\nOther."))
    commit(branch, "back")
    begin = "proposals/fep-0001.rst becomes Review and then Active again in the commits of"
    assert [note for note in check(branch).notes if note.startswith(begin)]


def test_a_change_of_very_many_files_is_not_read_to_its_end(
    branch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(load, "MAX_CHANGED_FILES", 2)
    monkeypatch.setattr(passing_statuses, "MAX_CHANGED_FILES", 2)
    for step in range(3):
        write(branch, 1, draft(1, "Draft", more=f"\n\nStep {step}."))
        commit(branch, "step")
    (note,) = [note for note in check(branch).notes if "in between" in note]
    assert note == (
        "the commits of this change affect more than 2 files, so statuses that proposals have only "
        "in between were not judged; merge them as one commit"
    )


def test_some_proposals_with_statuses_in_between_are_named(branch: Path) -> None:
    for step, status in enumerate(("Active", "Review", "Active")):
        for number in range(1, 23):
            write(branch, number, draft(number, status, more=f"\n\nStep {step}."))
        commit(branch, status)
        if step == 0:
            git(branch, "branch", "--force", "main")
    notes = [note for note in check(branch).notes if "again in" in note or "the same is" in note]
    assert len(notes) == 21
    assert notes[-1] == "the same is so for 2 other proposals"


def test_a_copy_may_replace_a_decision(branch: Path) -> None:
    """The history takes the copy for the proposal, since it has its number."""
    write(branch, 1, draft(1, "Active"))
    commit(branch, "decided")
    git(branch, "branch", "--force", "main")
    copy, file = (branch / "proposals" / f"{name}.rst" for name in ("copy", "fep-0001"))
    copy.write_text(draft(1, "Review"), "utf-8")
    commit(branch, "copy")
    file.unlink()
    commit(branch, "remove")
    copy.rename(file)
    file.write_text(draft(1, "Active", more="\n\nOther."), "utf-8")
    commit(branch, "rename")
    begin = "proposals/fep-0001.rst becomes Review and then Active again in the commits of"
    assert [note for note in check(branch).notes if note.startswith(begin)]


def test_a_merge_of_the_base_brings_its_statuses(branch: Path) -> None:
    """A change of a word began when the proposal was a draft."""
    write(branch, 1, draft(1, "Draft", more="\n\nLine.\n\nWrod.\n"))
    commit(branch, "draft")
    git(branch, "branch", "--force", "main")
    write(branch, 1, draft(1, "Draft", more="\n\nLine.\n\nWord.\n"))
    commit(branch, "typing error")
    git(branch, "checkout", "--quiet", "main")
    write(branch, 1, draft(1, "Active", more="\n\nLine.\n\nWrod.\n"))
    commit(branch, "decided")
    git(branch, "checkout", "--quiet", "mine")
    git(branch, "merge", "--quiet", "--message", "merge", "main")
    assert not [note for note in check(branch).notes if "in the commits of" in note]


def test_a_drawing_that_runs_something_is_noted(branch: Path) -> None:
    """Whatever conf.py names in html_static_path is published as it is."""
    svg = '<svg xmlns="http://www.w3.org/2000/svg">{}</svg>'
    (branch / "assets").mkdir()
    (branch / "assets" / "plain.svg").write_text(svg.format(""), "utf-8")
    (branch / "assets" / "script.SVG").write_text(svg.format("<script>x</script>"), "utf-8")
    commit(branch, "drawings")
    (note,) = check(branch).notes
    assert "published: assets/script.SVG; a maintainer" in note


def test_templates_are_beside_the_process(branch: Path) -> None:
    (branch / "fep").rename(branch / "rules")
    settings = '[tool.fep]\nprocess = "rules/process.toml"\n'
    (branch / "pyproject.toml").write_text(settings, "utf-8")
    commit(branch, "rules")
    git(branch, "branch", "--force", "main")
    (branch / "rules" / "templates").mkdir(exist_ok=True)
    (branch / "rules" / "templates" / "feature.rst").write_text("Other.\n", "utf-8")
    (branch / "rules" / "README.rst").write_text("Other.\n", "utf-8")
    commit(branch, "a template")
    (note,) = check(branch).notes
    assert "published: rules/templates/feature.rst; a maintainer" in note


def test_files_that_the_handbook_includes_are_noted(branch: Path) -> None:
    """Their directives have the rights of its pages: ``automodule`` runs code."""
    (branch / "docs").mkdir()
    files = {
        "api.rst": "API\n===\n\n1. ..\tInclude::\n      ../common.rst\n      :start-line: 1\n",
        "page.rst": "| .. include:: later.rst | x |\n\n.. literalinclude:: other.py\n",
        "lic.txt": "MIT",
        "table.csv": "1",
        "other.txt": "x",
    }
    common = "-  .. literalinclude::  /docs/lic.txt\n\n.. csv-table::\n   :File: docs/table.csv\n"
    for name, text in files.items():
        (branch / "docs" / name).write_text(text, "utf-8")
    process = branch / "fep" / "process.toml"
    pages = 'handbook = ["docs/api.rst", "docs/page.rst"]'
    process.write_text(re.sub("handbook = .*", pages, process.read_text("utf-8")), "utf-8")
    (branch / "common.rst").write_text(common, "utf-8")
    commit(branch, "handbook")
    git(branch, "branch", "--force", "main")
    for name in ("common.rst", "later.rst", "docs/lic.txt", "docs/table.csv", "docs/other.txt"):
        (branch / name).write_text(".. automodule:: this\n", "utf-8")
    commit(branch, "more")
    (note,) = check(branch).notes
    assert "published: common.rst, docs/lic.txt, docs/table.csv and later.rst; a maintainer" in note


def test_files_are_noted_that_are_included_in_other_ways(branch: Path) -> None:
    """By a long page, a link, conf.py, a module, and beside the root in a file beside the root."""
    root, long = branch / "sub", "word\n" * 300_000
    root.mkdir()
    for path in ("fep", "proposals", "pyproject.toml"):
        if (branch / path).exists():
            (branch / path).rename(root / path)
    files = {
        "conf.py": 'rst_prolog = """.. include:: /prolog.txt\n"""',
        "docs/long.rst": f"Long\n====\n\n{long}\n.. include:: end.txt\n",
        "docs/page.rst": "Page\n====\n\n.. include:: link.txt\n\n.. automodule:: code\n",
        "docs/up.rst": "Up\n==\n\n.. include:: ../../above/up.rst\n",
        "../above/up.rst": ".. include:: ../more.txt\n",
        "code.py": '"""Code.\n\n.. include:: docstring.txt\n"""',
        **dict.fromkeys(("prolog.txt", "docs/end.txt", "target.txt", "docstring.txt"), "x"),
        "../more.txt": "x",
        "other.txt": "x",
    }
    for name, text in files.items():
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text(text, "utf-8")
    (root / "docs" / "link.txt").symlink_to("../target.txt")
    process = root / "fep" / "process.toml"
    pages = 'handbook = ["docs/*.rst"]'
    process.write_text(re.sub("handbook = .*", pages, process.read_text("utf-8")), "utf-8")
    commit(branch, "handbook")
    git(branch, "branch", "--force", "main")
    for name, text in files.items():
        if text == "x":
            (root / name).write_text("y", "utf-8")
    commit(branch, "more")
    notes = Repository.open(root).check(OPTIONS, base="main").notes
    (note,) = [note for note in notes if "published" in note]
    assert (
        "published: ../more.txt, docs/end.txt, docstring.txt, prolog.txt and target.txt; a main"
        in note
    )


def test_change_of_a_submodule_is_noted(branch: Path, tmp_path: Path) -> None:
    """Its new commit replaces the code of a tool, and .gitmodules stays as it is."""
    tool = tmp_path / "tool"
    tool.mkdir()
    git(tool, "init", "--quiet")
    git(tool, "commit", "--quiet", "--allow-empty", "--message", "1")
    local = ("-c", "protocol.file.allow=always")
    git(branch, *local, "submodule", "--quiet", "add", str(tool), "tool")
    commit(branch, "tool")
    git(branch, "branch", "--force", "main")
    git(branch / "tool", "commit", "--quiet", "--allow-empty", "--message", "2")
    commit(branch, "another tool")
    (note,) = check(branch).notes
    assert "published: tool; a maintainer" in note


def test_files_that_no_rule_judges_are_noted(branch: Path) -> None:
    (branch / "fep-0050.rst").write_text("FEP: 50\n", "utf-8")
    git(branch, "add", ".")
    git(branch, "commit", "--quiet", "--message", "more")
    (note,) = check(branch).notes
    assert note.startswith("not checked: fep-0050.rst; ")


def test_change_of_protected_files_above_the_root_is_noted(
    tmp_path: Path, checkout: Callable[..., Path]
) -> None:
    root = tmp_path / "all" / "feps"
    shutil.copytree(checkout({"fep-0001.rst": draft(1)}), root)
    git(root.parent, "init", "--quiet")
    commit(root.parent, "main")
    git(root.parent, "checkout", "--quiet", "-b", "branch")
    for name in ("Makefile", "notes.txt", "feps/conf.py"):
        (root.parent / name).write_text("", "utf-8")
    commit(root.parent, "more")
    (note,) = check(root).notes
    assert "published: ../Makefile and conf.py; a" in note


def test_change_of_the_baseline_is_noted(branch: Path) -> None:
    # The base has none. What is recorded now would not be reported once this is merged.
    entries = Repository.open(branch).baseline_entries(testing.TODAY)
    (branch / ".fep-baseline.json").write_text(baseline.dump(entries), "utf-8")
    commit(branch, "baseline")
    (note,) = check(branch).notes
    assert ".fep-baseline.json" in note


def test_change_of_a_file_that_the_site_publishes_as_it_is_is_noted(branch: Path) -> None:
    process = branch / "fep" / "process.toml"
    copy = '\n[[copy]]\nfrom = "data/dates.csv"\nto = "dates.csv"\n'
    process.write_text(process.read_text("utf-8") + copy, "utf-8")
    commit(branch, "copy")
    git(branch, "branch", "--force", "main")
    (branch / "data").mkdir()
    for name in ("dates.csv", "other.csv"):
        (branch / "data" / name).write_text("Release,2026-01-01\n", "utf-8")
    commit(branch, "dates")
    (note,) = check(branch).notes
    assert "published: data/dates.csv; a maintainer" in note


def test_change_of_a_lock_file_is_noted_wherever_it_is(branch: Path) -> None:
    process = branch / "fep" / "process.toml"
    text = process.read_text("utf-8")
    assert '"fep/frameworks.toml"' in text
    process.write_text(text.replace('"fep/frameworks.toml"', '"lab/frameworks.toml"'), "utf-8")
    commit(branch, "frameworks")
    git(branch, "branch", "--force", "main")
    file = branch / "lab" / "environments" / "sanic.txt"
    file.parent.mkdir(parents=True)
    file.write_text("sanic==1.0\n", "utf-8")
    commit(branch, "lock file")
    (note,) = check(branch).notes
    assert "published: lab/environments/sanic.txt; a maintainer" in note


def test_change_of_proposals_has_no_notes(branch: Path) -> None:
    assert check(branch).notes == ()


IMAGE = "\n.. image:: view.png\n   :alt: A view\n"


def commit(root: Path, message: str) -> None:
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", message)


def add_to_base(root: Path, files: dict[str, str | bytes]) -> None:
    """Commit files on main, and begin the branch there."""
    git(root, "checkout", "--quiet", "main")
    for path, content in files.items():
        data = content.encode() if isinstance(content, str) else content
        (root / path).write_bytes(data)
    git(root, "add", *files)
    git(root, "commit", "--quiet", "--message", "base")
    git(root, "checkout", "--quiet", "-B", "mine")


def test_removed_image_is_found_where_it_is_shown(branch: Path) -> None:
    add_to_base(branch, {"proposals/view.png": b"image"})
    write(branch, 1, draft(1) + IMAGE)
    commit(branch, "show it")
    git(branch, "branch", "--force", "main")
    (branch / "proposals" / "view.png").unlink()
    assert ("0001", "B036", True) in summary(check(branch))


def test_image_that_was_not_there_before_is_no_new_finding(branch: Path) -> None:
    add_to_base(branch, {"proposals/fep-0003.rst": draft(3) + IMAGE})
    write(branch, 1, draft(1) + "\nMore.\n")
    assert ("0003", "B036", False) in summary(check(branch))


@pytest.mark.parametrize("size", [100, 50_000, pictures.MAX_SVG_BYTES + 9])
def test_old_problem_at_the_end_of_a_drawing_is_not_introduced(branch: Path, size: int) -> None:
    """The drawing of the base is read as far as the one on disk."""
    begin, end = '<svg xmlns="http://www.w3.org/2000/svg">', "<script>1</script></svg>"
    drawing = begin + " " * (size - len(begin + end)) + end
    image = IMAGE.replace("view.png", "a.svg")
    add_to_base(branch, {"proposals/fep-0003.rst": draft(3) + image, "proposals/a.svg": drawing})
    write(branch, 1, draft(1) + "\nMore.\n")
    assert ("0003", "B052", False) in summary(check(branch))


@pytest.mark.parametrize("size", [100, 50_000])
def test_file_that_the_end_of_a_page_names_no_more(branch: Path, size: int) -> None:
    process = (branch / "fep" / "process.toml").read_text("utf-8")
    pages = '\n[[pages]]\ndirectory = "guides"\npath = "guides"\n'
    (branch / "guides").mkdir()
    page = "Text.\n" * (size // 6) + "See a.pdf.\n"
    add_to_base(
        branch,
        {"fep/process.toml": process + pages, "guides/a.rst": page, "guides/a.pdf": "x"},
    )
    (branch / "guides/a.rst").write_text("Text.\n", "utf-8")
    found = [(d.path, d.introduced) for d in check(branch).diagnostics if d.code == "C023"]
    assert found == [("guides/a.pdf", True)]


@pytest.mark.parametrize("directory", ["", "proposals/"])
@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("docutils.conf", "[general]\n", "C007"),
        (".gitattributes", "*.rst working-tree-encoding=UTF-16\n", "C018"),
    ],
)
@pytest.mark.parametrize("is_old", [False, True])
def test_added_file_that_changes_how_proposals_are_read(
    branch: Path, directory: str, name: str, text: str, code: str, is_old: bool
) -> None:
    if is_old:
        add_to_base(branch, {directory + name: text})
    (branch / (directory + name)).write_text(text, "utf-8")
    found = [(d.code, d.introduced) for d in check(branch).diagnostics if d.code == code]
    assert found == [(code, not is_old)]


@pytest.mark.parametrize("is_old", [False, True])
def test_added_file_in_a_directory_of_pages(branch: Path, is_old: bool) -> None:
    process = (branch / "fep/process.toml").read_text("utf-8")
    pages = '\n[[pages]]\ndirectory = "guides"\npath = "guides"\n'
    (branch / "guides").mkdir()
    add_to_base(branch, {"fep/process.toml": process + pages, "guides/a.rst": "Text.\n"})
    if is_old:
        add_to_base(branch, {"guides/a.pdf": "x"})
    (branch / "guides/a.pdf").write_text("x", "utf-8")
    found = [(d.path, d.introduced) for d in check(branch).diagnostics if d.code == "C023"]
    assert found == [("guides/a.pdf", not is_old)]


def test_files_that_are_not_read_are_the_same_if_git_has_the_same(branch: Path) -> None:
    add_to_base(branch, {"proposals/fep-0003.rst": draft(3) + "x" * 2**20, "text": draft(4)})
    (branch / "proposals" / "fep-0004.rst").symlink_to("../text")
    commit(branch, "link")
    git(branch, "branch", "--force", "main")
    before = {("0003", "C001", False), ("0004", "C001", False)}
    assert before <= set(summary(check(branch)))
    write(branch, 3, draft(3, "Acepted") + "x" * 2**20)
    commit(branch, "edit")
    assert ("0003", "C001", True) in summary(check(branch))


def test_link_in_place_of_a_proposal_is_introduced(branch: Path) -> None:
    (branch / "proposals" / "fep-0001.rst").unlink()
    (branch / "proposals" / "fep-0001.rst").symlink_to("fep-0002.rst")
    assert ("0001", "C001", True) in summary(check(branch))


def test_errors_that_a_changed_process_causes_are_noted(branch: Path) -> None:
    process = branch / "fep" / "process.toml"
    text = process.read_text("utf-8")
    process.write_text(text.replace('name = "Process"', 'name = "Practice"', 1), "utf-8")
    with pytest.raises(ProcessError, match="'Process', which is not defined"):
        check(branch)
    process.write_text(text.replace('"Process"', '"Practice"'), "utf-8")
    assert (
        "with the settings and the process of this change, there are 2 more errors; run: fep check"
    ) in check(branch).notes


@pytest.mark.parametrize(
    ("path", "text", "note"),
    [
        ("fep/process.toml", "acronym = 7\n", "fep/process.toml:"),
        ("pyproject.toml", "[tool.fep]\nstrikt = true\n", "pyproject.toml:2: unknown key"),
        (".fep-baseline.json", "[]", ".fep-baseline.json: not a baseline file"),
    ],
)
def test_change_can_correct_a_file_that_cannot_be_used(
    branch: Path, path: str, text: str, note: str
) -> None:
    valid = (branch / "fep" / "process.toml").read_text("utf-8")
    add_to_base(branch, {path: text})
    (branch / path).write_text(valid if path.startswith("fep/") else "", "utf-8")
    write(branch, 1, draft(1, "Drfat"))
    result = check(branch)
    assert ("0001", "H104", True) in summary(result)
    assert not result.complete
    assert result.notes[0].startswith(note)
    assert result.notes[0].endswith(" at main; the file of this change applies")


@pytest.mark.parametrize(("depth", "complete"), [(2, False), (9, True)])
def test_authors_that_a_shallow_clone_lacks_are_noted(
    branch: Path, tmp_path_factory: pytest.TempPathFactory, depth: int, complete: bool
) -> None:
    for number in (3, 4):
        write(branch, number, draft(number))
        commit(branch, str(number))
    git(branch, "checkout", "--quiet", "main")
    git(branch, "commit", "--quiet", "--allow-empty", "--message", "on main")
    git(branch, "checkout", "--quiet", "mine")
    git(branch, "merge", "--quiet", "main")
    clone = tmp_path_factory.mktemp("clone")
    source = f"file://{branch}"
    git(clone, "clone", "--quiet", f"--depth={depth}", "--no-single-branch", source, ".")
    result = check(clone, "origin/main")
    assert result.complete is complete
    notes = [note for note in result.notes if note.startswith("the clone is shallow")]
    assert bool(notes) is not complete


# Files that cannot be judged ----------------------------------------------------------------

CRASH = "\n.. |a| replace:: |a| |a|\n\n|a|\n"
UNJUDGED = [
    # text, rules, baseline: judged, note
    (draft(1), (), False, True, ""),
    ("\a" + draft(1), (), False, False, ""),
    ("\a" + draft(1), (), True, False, "the file has the control character U+0007"),
    ("\a" + draft(1), ("H",), False, False, "the file has the control character U+0007"),
    ("\a" + draft(1), ("C001",), False, True, ""),
    (draft(1) + CRASH, (), False, False, ""),
    (draft(1) + CRASH, ("H",), False, True, ""),
    (draft(1) + CRASH, ("H", "B001"), False, False, "the text cannot be parsed"),
    (draft(1) + CRASH, (), True, False, "the text cannot be parsed"),
]


@pytest.mark.parametrize(("text", "rules", "uses_baseline", "complete", "note"), UNJUDGED)
def test_file_that_cannot_be_judged_is_never_passed_in_silence(
    checkout: Callable[..., Path],
    text: str,
    rules: tuple[str, ...],
    uses_baseline: bool,
    complete: bool,
    note: str,
) -> None:
    root = checkout({"fep-0001.rst": text})
    if uses_baseline:
        entries = Repository.open(root).baseline_entries(testing.TODAY)
        (root / ".fep-baseline.json").write_text(baseline.dump(entries), "utf-8")
    result = Repository.open(root).check(OPTIONS._replace(select=rules))
    assert result.complete is complete
    assert bool(result.notes) is bool(note)
    assert note in "".join(result.notes)
    assert complete or result.notes or result.fails()


# Overrides and fixes ------------------------------------------------------------------------


def test_overrides_replace_and_add_files(checkout: Callable[..., Path]) -> None:
    repository = Repository.open(checkout({"fep-0001.rst": draft(1)}))
    overrides = {
        f"proposals/fep-000{number}.rst": draft(number, created="3 March 2025").encode()
        for number in (1, 2)
    }
    selected = OPTIONS._replace(select=("H103",))
    assert not repository.check(selected).diagnostics
    result = repository.check(selected, overrides=overrides)
    assert {diagnostic.path for diagnostic in result.diagnostics} == overrides.keys()
    fixed = repository.fixed_texts(selected, overrides)
    assert fixed == {
        path: data.decode().replace("3 March 2025", "2025-03-03")
        for path, data in overrides.items()
    }


def test_fixed_texts_are_not_written(checkout: Callable[..., Path]) -> None:
    root = checkout({"fep-0001.rst": draft(1, created="3 March 2025"), "fep-0002.rst": draft(2)})
    fixed = Repository.open(root).fixed_texts(OPTIONS)
    assert fixed == {"proposals/fep-0001.rst": draft(1, created="2025-03-03")}
    assert "3 March 2025" in (root / "proposals" / "fep-0001.rst").read_text("utf-8")


def test_baseline_entries_accept_every_finding(checkout: Callable[..., Path]) -> None:
    root = checkout({"fep-0001.rst": draft(1, "Drfat", created="3 March 2025")})
    entries = Repository.open(root).baseline_entries(testing.TODAY)
    assert {(entry.path, entry.code) for entry in entries} == {
        ("proposals/fep-0001.rst", "H103"),
        ("proposals/fep-0001.rst", "H104"),
    }


# The cache ----------------------------------------------------------------------------------


@pytest.fixture
def count_checks(monkeypatch: pytest.MonkeyPatch) -> list[None]:
    """Return a list that grows whenever files are checked, and not taken from the cache."""
    calls: list[None] = []
    original = findings.check_sources

    def counting(*arguments: object, **options: object) -> CheckResult:
        calls.append(None)
        return original(*arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(checking, "check_sources", counting)
    return calls


def test_same_files_and_options_are_checked_once(
    checkout: Callable[..., Path], tmp_path: Path, count_checks: list[None]
) -> None:
    root = checkout({"fep-0001.rst": draft(1, "Drfat")})

    def check_again(options: CheckOptions = OPTIONS) -> CheckResult:
        return Repository.open(root, cache_directory=tmp_path / "cache").check(options)

    first = check_again()
    assert [d.code for d in first.diagnostics] == ["H104"]
    assert check_again() == first
    assert check_again(OPTIONS._replace(jobs=2)) == first
    assert len(count_checks) == 1
    check_again(OPTIONS._replace(select=("H",)))
    assert len(count_checks) == 2
    write(root, 1, draft(1))
    assert not check_again().diagnostics
    assert len(count_checks) == 3


def test_a_result_with_very_many_findings_is_not_stored(
    checkout: Callable[..., Path],
    tmp_path: Path,
    count_checks: list[None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each has its whole line; 400 proposals that name all others had 400 MB."""
    monkeypatch.setattr(checking, "MAX_STORED", 1)
    root = checkout({f"fep-000{n}.rst": draft(n, "Drfat") for n in (1, 2)})
    for count in (1, 2):
        repository = Repository.open(root, cache_directory=tmp_path / "cache")
        assert [d.code for d in repository.check(OPTIONS).diagnostics] == ["H104", "H104"]
        assert len(count_checks) == count


def test_invalid_entry_of_the_cache_is_ignored(
    checkout: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = checkout({"fep-0001.rst": draft(1, "Drfat")})
    repository = Repository.open(root, cache_directory=tmp_path / "cache")
    expected = repository.check(OPTIONS)
    monkeypatch.setattr(
        "fep_tools._cache.Cache.get", lambda _self, keys: dict.fromkeys(keys, '{"files": 1}')
    )
    assert checking._cached(repository, b"x") is None
    assert expected.diagnostics


def test_files_beside_proposals_are_looked_at_but_not_judged_again(
    checkout: Callable[..., Path],
    tmp_path: Path,
    count_checks: list[None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """To parse drawings, and the process to know which files are pages, takes long."""
    svg = '<svg xmlns="http://www.w3.org/2000/svg"/>'
    root = checkout({"fep-0001.rst": draft(1, more="\n\n.. image:: x.svg"), "x.svg": svg})
    process = root / "fep/process.toml"
    pages = '\n[[pages]]\ndirectory = "guides"\npath = "guides"\n'
    process.write_text(process.read_text("utf-8") + pages, "utf-8")
    (root / "guides").mkdir()
    (root / "guides/a.rst").write_text("Text.\n", "utf-8")

    def found() -> set[str]:
        repository = Repository.open(root, cache_directory=tmp_path / "cache")
        return {d.code for d in repository.check(OPTIONS).diagnostics}

    first = found()
    assert not first & {"B052", "C023"}
    with monkeypatch.context() as patch:
        patch.setattr(pictures, "svg_problem", None)
        patch.setattr(Repository, "process", None)
        assert found() == first
    assert len(count_checks) == 1
    (root / "proposals/x.svg").write_text(svg.replace("/>", "><script/></svg>"), "utf-8")
    assert "B052" in found()
    (root / "guides/b.pdf").write_text("x", "utf-8")
    assert "C023" in found()
    (root / "guides/a.rst").write_text("See b.pdf.\n", "utf-8")
    assert "C023" not in found()


def test_the_result_of_a_base_is_remembered(
    branch: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[None] = []
    original = findings.check_sources

    def counting(*arguments: object, **options: object) -> CheckResult:
        calls.append(None)
        return original(*arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(change, "check_sources", counting)

    def introduced() -> list[str]:
        repository = Repository.open(branch, cache_directory=tmp_path / "cache")
        return [d.code for d in repository.check(OPTIONS, base="main").diagnostics if d.introduced]

    write(branch, 1, draft(1, "Drfat"))
    assert introduced() == ["H104"]
    assert len(calls) == 2
    assert introduced() == ["H104"]
    assert len(calls) == 3
    # Another base has another result: there, the same status was wrong before.
    git(branch, "checkout", "--quiet", "main")
    git(branch, "commit", "--quiet", "--all", "--message", "broken")
    assert introduced() == []
    assert len(calls) == 5
