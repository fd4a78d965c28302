"""``fep new`` and ``fep next``."""

from __future__ import annotations

from pathlib import Path

import pytest

from fep_tools.process.source import builtin_names

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


@pytest.mark.parametrize("title", ["", "a\nStatus: Final", "x" * 200, "\x1b[31m", "a\u202eb"])
def test_a_title_that_the_check_would_reject(run: Run, repo: Path, title: str) -> None:
    status, out, err = run(repo, "new", title, "--author", "A B")
    assert status == 2
    assert out == ""
    assert "not created" in err
    assert len(list((repo / "proposals").iterdir())) == 3
