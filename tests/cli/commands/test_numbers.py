"""Numbers of proposals on the command line, in every form that people write."""

from __future__ import annotations

from pathlib import Path

import pytest

from ..drafts import GOOD, Run


@pytest.fixture
def large(git_repo: Path) -> Path:
    """A repository whose proposals are numbered like issues."""
    link = "Abstract\n========\n\nSee :fep:`43651`, :fep:`10000` and :fep:`10`.\n\nCopyright\n"
    for number in (10000, 43651, 123456):
        requires = "10" if number == 10000 else "10, 10000"
        text = GOOD.format(n=number).replace(
            "Topic: Core\n", f"Topic: Core\nRequires: {requires}\n"
        )
        text = text.replace("Copyright\n", link, 1)
        (git_repo / "proposals" / f"fep-{number:04}.rst").write_text(text, "utf-8")
    return git_repo


def test_numbers_beyond_9999_are_numbers(run: Run, large: Path) -> None:
    assert run(large, "check", "--strict")[1:] == (
        "6 files checked: no findings\n",
        "",
    )
    listed = run(large, "list")[1].splitlines()
    assert [int(line.split()[0]) for line in listed] == [10, 11, 12, 10000, 43651, 123456]
    assert run(large, "next")[1] == "123457\n"
    assert "Required by" in run(large, "show", "10000")[1]
    status, out, err = run(large, "renumber", "10000", "200000")
    assert status == 0, err
    assert "proposals/fep-10000.rst -> proposals/fep-200000.rst" in out
    assert run(large, "check", "--strict")[1] == "6 files checked: no findings\n"


FORMS = (
    "10", "0010", "FEP-10", "fep-10", "FEP 10", "FEP10", "fep-0010", "fep_10", "FEP #10", "#10",
    "fep-0010.rst", "proposals/fep-0010.rst", "./proposals/fep-0010.rst",
    "{root}/proposals/fep-0010.rst",
)  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_each_form_of_a_number_is_understood(run: Run, git_repo: Path, form: str) -> None:
    number = form.format(root=git_repo)
    expected = run(git_repo, "show", "10")
    assert expected[0] == 0
    assert run(git_repo, "show", number) == expected
    assert run(git_repo, "log", number) == run(git_repo, "log", "10")
    assert run(git_repo / "proposals", "show", number.replace("proposals/", "../proposals/")
               if number.startswith(("proposals", "./")) else number) == expected  # fmt: skip


@pytest.mark.parametrize(
    "arguments",
    [
        ("show", "{}"), ("log", "{}"), ("renumber", "{}", "--dry-run"),
        ("renumber", "11", "{new}", "--dry-run"),
        ("transition", "{}", "Withdrawn", "--why", "No sponsor.", "--dry-run"),
        ("notes", "check", "{}"), ("notes", "check", "{}", "11"),
    ],
    ids=" ".join,
)  # fmt: skip
def test_every_command_understands_them(
    run: Run, git_repo: Path, arguments: tuple[str, ...]
) -> None:
    plain = [argument.format("10", new="15") for argument in arguments]
    labelled = [argument.format("fep-0010", new="FEP-15") for argument in arguments]
    assert run(git_repo, *labelled) == run(git_repo, *plain)
    assert run(git_repo, *plain)[0] == 0


def test_options_after_the_number_count(run: Run, git_repo: Path, tmp_path: Path) -> None:
    expected = run(git_repo, "show", "10")
    assert run(git_repo.parent, "show", "FEP-10", "--root", str(git_repo)) == expected
    (tmp_path / "peps").mkdir()
    pep = (
        "PEP: 8\nTitle: Style\nAuthor: Ada Lovelace <a@example.org>\nStatus: Active\nType: Process"
    )
    (tmp_path / "peps" / "pep-0008.rst").write_text(f"{pep}\nCreated: 05-Jul-2001\n\nText.\n")
    for number in ("8", "PEP 8", "pep-0008", "peps/pep-0008.rst"):
        assert "Style" in run(tmp_path, "show", number, "--process", "pep")[1]


@pytest.mark.parametrize(
    "text", ["PEP-10", "ten", "fep-0099.txt", "10.5", "FEP-", "12345678", "fep-0010-b.rst"]
)
def test_what_names_no_proposal_is_refused(run: Run, git_repo: Path, text: str) -> None:
    status, out, err = run(git_repo, "show", text)
    assert (status, out) == (2, "")
    assert f'"{text}" is not the number of a FEP; write it as 12 or FEP-12' in err


def test_a_file_stands_for_the_number_in_its_header(run: Run, git_repo: Path) -> None:
    (git_repo / "proposals" / "views.rst").write_text(GOOD.format(n=33), "utf-8")
    assert run(git_repo, "show", "views.rst") == run(git_repo, "show", "33")
    assert run(git_repo, "show", "33")[0] == 0
