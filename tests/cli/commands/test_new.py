"""``fep new`` and ``fep next``."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from fep_tools.process.source import BUILTIN_DIRECTORY, builtin_names

from ..drafts import Run


@pytest.mark.parametrize("type_", ["Standards Track", "informational", "Process"])
def test_a_new_proposal_passes_the_check(run: Run, repo: Path, type_: str) -> None:
    status, out, _err = run(repo, "new", "Typed <views> & ::x", "--type", type_, "--author", "A B")
    assert (status, out) == (0, "proposals/fep-0013.rst\n")
    assert run(repo, "check", "--strict") == (0, "4 files checked: no findings\n", "")
    assert run(repo, "next")[1] == "14\n"


def test_the_author_of_commits(run: Run, repo: Path, no_identity: Path) -> None:
    assert run(repo, "new", "Typed views")[0] == 2
    no_identity.write_text("[user]\nname = Renée Niño\nemail = r@example.org\n", "utf-8")
    status, out, err = run(repo, "new", "{type} of |x| and $HOME")
    assert status == 0, err
    text = (repo / out.strip()).read_text("utf-8")
    assert "\nTitle: {type} of |x| and $HOME\nAuthor: Renée Niño\n" in text


@pytest.mark.parametrize("process", builtin_names())
def test_a_new_proposal_of_another_community(run: Run, tmp_path: Path, process: str) -> None:
    where = ["--process", process, "--root", "."]
    status, out, err = run(tmp_path, "new", "Typed views", "--author", "Ada Lovelace", *where)
    assert status == 0, err
    assert (tmp_path / out.strip()).is_file()
    status, out, _err = run(tmp_path, "check", *where)
    assert status == 0, out


def test_no_author_where_the_process_has_none(run: Run, tmp_path: Path, no_identity: Path) -> None:
    process = (BUILTIN_DIRECTORY / "dep.toml").read_text("utf-8")
    tables = process.split("\n[[")
    own = "\n[[".join(table for table in tables if 'role = "authors"' not in table)
    (tmp_path / "fep").mkdir()
    (tmp_path / "fep" / "process.toml").write_text(own, "utf-8")
    status, out, err = run(tmp_path, "new", "Typed views")
    assert status == 0, err
    assert "Author" not in (tmp_path / out.strip()).read_text("utf-8")
    status, out, err = run(tmp_path, "new", "Other views", "--author", "Ada Lovelace")
    assert (status, out) == (2, "")
    assert "no header of a proposal is for its authors; leave --author out" in err
    (tmp_path / "draft.md").write_text("---\nauthor: Ada Lovelace\n---\n# Nested views\n", "utf-8")
    status, _out, err = run(tmp_path, "new", "--from", "draft.md")
    assert status == 0, err
    assert 'Note: no header is for authors, and the draft is by "Ada Lovelace"\n' in err


@pytest.mark.parametrize("title", ["", "a\nStatus: Final", "x" * 200, "\x1b[31m", "a\u202eb"])
def test_a_title_that_the_check_would_reject(run: Run, repo: Path, title: str) -> None:
    status, out, err = run(repo, "new", title, "--author", "A B")
    assert status == 2
    assert out == ""
    assert "not created" in err
    assert len(list((repo / "proposals").iterdir())) == 3


MARKDOWN = """\
---
author: Ada Lovelace
status: idea
---
# Nested views

Views can be ~~often~~ nested.

## Motivation

| a | b |
|---|---|
| 1 | 2 |
"""


def test_a_proposal_from_a_draft(run: Run, repo: Path) -> None:
    (repo / "draft.md").write_text(MARKDOWN, "utf-8")
    status, out, err = run(repo, "new", "--from", "draft.md")
    assert (status, out) == (0, "proposals/fep-0013.rst\n")
    assert err == (
        'Note: "often" is no longer struck through: remove it, or say that it is outdated\n'
        "Note: headers that were not used: status\n"
        "Next: edit it, then run fep check proposals/fep-0013.rst\n"
    )
    text = (repo / "proposals" / "fep-0013.rst").read_text("utf-8")
    assert text.startswith("FEP: 13\nTitle: Nested views\nAuthor: Ada Lovelace\nStatus: Draft\n")
    assert ".. list-table::" in text
    assert run(repo, "check", "--strict")[1] == "4 files checked: no findings\n"


@pytest.mark.parametrize(
    ("process", "author", "note"),
    [
        ("pep", "A B <a@example.org>, C D", ""),
        ("", "A B, C D", 'Note: "Author" has no e-mail addresses; they were left out\n'),
    ],
)
def test_addresses_of_authors_are_kept_where_the_process_has_them(
    run: Run, repo: Path, process: str, author: str, note: str
) -> None:
    (repo / "draft.md").write_text("---\nauthor: A B <a@example.org>, C D\n---\n# Views\n", "utf-8")
    options = ["--process", process] if process else []
    status, out, err = run(repo, "new", "--from", "draft.md", *options)
    assert status == 0, err
    assert f"\nAuthor: {author}\n" in (repo / out.strip()).read_text("utf-8")
    assert err.partition("Next: ")[0] == note


def test_what_is_given_wins_over_the_draft(run: Run, repo: Path) -> None:
    (repo / "draft.md").write_text(MARKDOWN.replace("status", "type"), "utf-8")
    options = ["--author", "A B", "--type", "process", "--from", "draft.md"]
    status, out, err = run(repo, "new", "Views in views", *options)
    text = (repo / out.strip()).read_text("utf-8")
    assert status == 0
    assert "\nTitle: Views in views\nAuthor: A B\nStatus: Draft\nType: Process\n" in text
    assert 'Note: the draft is called "Nested views"\n' in err


@pytest.mark.parametrize(
    ("arguments", "text", "message"),
    [
        ([], "", 'give a title, as in fep new "Typed views", or a draft: fep new --from'),
        (["--from", "draft.md"], "No title.", "add one: fep new TITLE --from FILE"),
        (["--from", "draft.odt"], "x", '"draft.odt" is no draft; use a .md or .rst file'),
        (["--from", "missing.md"], "", "No such file or directory"),
    ],
)
def test_a_draft_that_cannot_be_used(
    run: Run, repo: Path, arguments: list[str], text: str, message: str
) -> None:
    for name in ("draft.md", "draft.odt"):
        (repo / name).write_text(text, "utf-8")
    status, _out, err = run(repo, "new", "--author", "A B", *arguments)
    assert status == 2
    assert message in err
    assert len(list((repo / "proposals").iterdir())) == 3


@pytest.mark.parametrize("process", builtin_names())
def test_a_draft_for_another_community(run: Run, tmp_path: Path, process: str) -> None:
    (tmp_path / "draft.md").write_text(
        "# Nested views\n\nText.\n\n## More\n\n- a\n  - b\n", "utf-8"
    )
    where = ["--process", process, "--root", "."]
    status, out, err = run(
        tmp_path, "new", "--from", "draft.md", "--author", "Ada Lovelace", *where
    )
    assert status == 0, err
    assert run(tmp_path, "check", *where, out.strip())[0] == 0


@pytest.mark.parametrize("is_shallow", [True, False])
@pytest.mark.parametrize(
    "arguments",
    [("next",), ("new", "Views", "--author", "Ada Lovelace"), ("renumber", "10", "--dry-run")],
)
def test_a_shallow_clone_does_not_know_all_numbers(
    run: Run,
    git_repo: Path,
    tmp_path_factory: pytest.TempPathFactory,
    arguments: tuple[str, ...],
    is_shallow: bool,
) -> None:
    identity = ["-c", "user.name=Ada", "-c", "user.email=a@example.org"]
    commit = ["git", *identity, "commit", "-q", "--allow-empty", "-m", "two"]
    subprocess.run(commit, cwd=git_repo, check=True)
    clone = tmp_path_factory.mktemp("clone")
    options = ["--depth=1"] if is_shallow else []
    subprocess.run(["git", "clone", "-q", *options, f"file://{git_repo}", str(clone)], check=True)
    _status, _out, err = run(clone, *arguments)
    note = "fep: the clone is shallow, so numbers of removed proposals are not known; run: git"
    assert (note in err) is is_shallow
    hint = "; the clone is shallow: run git fetch --unshallow"
    assert (hint in run(clone, "list", "--at", "2019-01-01")[2]) is is_shallow
