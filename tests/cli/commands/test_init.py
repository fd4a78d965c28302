"""``fep init``."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest

from ..drafts import Run

NAMES = ("--acronym", "TIP", "--name", "Team Improvement Proposal")


def test_a_new_repository_is_checked_and_built(run: Run, tmp_path: Path) -> None:
    status, out, err = run(tmp_path, "init", "tips", *NAMES, "--author", "Ada")
    assert status == 0
    assert out.startswith("1 file checked: no findings\n1 proposal on ")
    assert err.endswith("Next: cd tips && git init && git add -A && git commit\n")
    assert (tmp_path / "tips" / "build" / "site" / "tip-0001" / "index.html").is_file()


def test_without_a_site(run: Run, tmp_path: Path) -> None:
    status, out, err = run(tmp_path, "init", *NAMES, "--author", "Ada", "--no-build")
    assert (status, out) == (0, "1 file checked: no findings\n")
    assert err == "Next: git init && git add -A && git commit\n"
    assert (tmp_path / "proposals" / "tip-0001.rst").is_file()
    assert not (tmp_path / "build").exists()


def test_the_next_step_is_not_shown_inside_a_git_repository(run: Run, tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    arguments = ("init", "tips", *NAMES, "--author", "Ada", "--no-build")
    assert run(tmp_path, *arguments) == (0, "1 file checked: no findings\n", "")


def test_without_an_author(run: Run, tmp_path: Path, no_identity: Path) -> None:
    status, _out, err = run(tmp_path, "init", *NAMES)
    assert status == 2
    assert (
        'no author; use --author "Ada Lovelace", set FEP_AUTHOR, '
        'or run git config --global user.name "Ada Lovelace"'
    ) in err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("arguments", "missing"),
    [
        ((), '--acronym TIP, --name "Team Improvement Proposal" and --author "Ada Lovelace"'),
        (("--name", "Tip"), '--acronym TIP and --author "Ada Lovelace"'),
        (("--acronym", "TIP", "--author", "Ada"), '--name "Team Improvement Proposal"'),
    ],
)
def test_all_that_is_missing_is_reported_at_once(
    run: Run, tmp_path: Path, no_identity: Path, arguments: tuple[str, ...], missing: str
) -> None:
    status, _out, err = run(tmp_path, "init", *arguments)
    assert status == 2
    assert f"nothing was created; add {missing}\n" in err
    assert not list(tmp_path.iterdir())


class Terminal(StringIO):
    """Answers that somebody types."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ("Team Improvement Proposal\n\nAda\n", "Author: Ada\n"),
        ("Team\\n\nTeam Improvement Proposal\nT I P\nTIP\nAda\n", "Author: Ada\n"),
    ],
)
def test_a_terminal_is_asked(
    run: Run,
    tmp_path: Path,
    no_identity: Path,
    monkeypatch: pytest.MonkeyPatch,
    answers: str,
    expected: str,
) -> None:
    monkeypatch.setattr("sys.stdin", Terminal(answers))
    status, out, err = run(tmp_path, "init", "--no-build")
    assert (status, out) == (0, "1 file checked: no findings\n")
    assert "Acronym [TIP]: " in err
    assert ("cannot be used" in err) is ("T I P" in answers)
    assert expected in (tmp_path / "proposals" / "tip-0001.rst").read_text("utf-8")


def test_like_another_community(run: Run, tmp_path: Path) -> None:
    arguments = ("init", "--like", "glep", *NAMES, "--author", "Ada", "--no-build")
    assert run(tmp_path, *arguments)[:2] == (0, "1 file checked: no findings\n")
    assert (tmp_path / "tip-0001.rst").read_text("utf-8").startswith("---\nTIP: 1\n")
    assert "Moribund" in run(tmp_path, "process")[1]
    status, _out, err = run(tmp_path, "init", "x", "--like", "gelp", *NAMES, "--author", "Ada")
    assert (status, "did you mean glep?" in err) == (2, True)


def test_the_author_of_commits(run: Run, tmp_path: Path, no_identity: Path) -> None:
    no_identity.write_text("[user]\nname = Renée Niño\nemail = r@example.org\n", "utf-8")
    assert run(tmp_path, "init", *NAMES, "--no-build")[0] == 0
    text = (tmp_path / "proposals" / "tip-0001.rst").read_text("utf-8")
    assert "\nAuthor: Renée Niño\n" in text


def test_files_that_are_there_are_named(run: Run, tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    root = tmp_path / "tips"
    root.mkdir()
    (root / ".gitignore").write_text("*.pyc\n", "utf-8")
    (root / "README.md").write_text("mine", "utf-8")
    (root / "proposals").mkdir()
    (root / "proposals" / "notes.rst").write_text("Notes\n", "utf-8")
    arguments = ("init", *NAMES, "--author", "Ada", "--no-build")
    status, out, err = run(root, *arguments)
    assert (status, out.split(":")[0]) == (1, "2 files checked")
    assert err == (
        "fep: README.md is there already, so README.rst was not created\n"
        "fep: .gitignore is there already, and was not changed; "
        "add the lines .fep_cache/ and build/\n"
        "fep: run fep check to see the findings in the files that were there\n"
    )
    assert (root / "fep" / "process.toml").is_file()


def test_a_repository_that_was_adopted_needs_no_options(
    run: Run, tmp_path: Path, no_identity: Path
) -> None:
    assert run(tmp_path, "init", *NAMES, "--author", "Ada", "--no-build")[0] == 0
    for path in ("README.rst", "LICENSE.txt", ".github/workflows/proposals.yml"):
        (tmp_path / path).unlink()
    status, out, err = run(tmp_path, "init", "--no-build")
    assert (status, out) == (0, "1 file checked: no findings\n")
    assert "fep: .gitignore is there already, and was not changed\n" in err
    names = {path.name for path in tmp_path.iterdir()}
    assert names >= {".github", ".gitignore", ".pre-commit-config.yaml"}
    assert not names & {"README.rst", "LICENSE.txt"}
