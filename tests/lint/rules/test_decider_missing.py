"""Who may decide, in the check of a change and in the list of what a status needs."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from fep_tools import CheckOptions, Repository
from fep_tools.editorial.readiness import assess
from fep_tools.errors import ProcessError

Checkout = Callable[..., Path]
TODAY = date(2027, 2, 1)
TEXT = """\
FEP: 12
Title: Chats
Author: {author}
{people}Status: {status}
Type: {type}
"""
PERSON = '[[person]]\nname = "{0}"\nroles = ["{1}"]\n\n'
NOBODY = 'codeowners = "CODEOWNERS"\n'


def text(status: str, people: str = "", author: str = "Ada", type_: str = "Process") -> bytes:
    lines = TEXT.format(status=status, people=people, author=author, type=type_)
    return f"{lines}\nText.\n".encode()


def messages(root: Path, before: bytes, after: bytes) -> list[str]:
    path = "proposals/fep-0012.rst"
    repository = Repository.open(root)
    result = repository.check_change(CheckOptions(TODAY), {path: before}, {path: after})
    return [d.message for d in result.diagnostics if d.code == "T016"]


def with_roles(root: Path, *people: tuple[str, str]) -> Path:
    entries = "".join(PERSON.format(*each) for each in people)
    (root / "fep" / "people.toml").write_text(NOBODY + entries, "utf-8")
    return root


NOT_A_DELEGATE = "'Delegate' names Bob, who is no delegate in people.toml; name one who is"


@pytest.mark.parametrize(
    ("people", "headers", "author", "expected"),
    [
        ([], "", "Ada", ("no member of the workgroup is in people.toml, so no one can decide; "
         "appoint one first")),
        ([("Bob", "workgroup")], "", "Ada", None),
        ([("Ada", "workgroup")], "", "ada",
         "only Ada may decide, with a conflict of interest; appoint somebody else"),
        ([("Ada", "workgroup"), ("Bob", "workgroup")], "Sponsor: Bob\n", "Ada",
         "only Ada and Bob may decide, with a conflict of interest; appoint somebody else"),
        ([("Ada", "workgroup"), ("Bob", "workgroup")], "", "Ada", None),
        ([("Bob", "workgroup")], "Delegate: Bob\n", "Ada", NOT_A_DELEGATE),
        ([("Bob", "delegate")], "Delegate: Bob\n", "Ada", None),
        ([("Bob", "delegate")], "Sponsor: Bob\nDelegate: Bob\n", "Ada",
         "only Bob may decide, with a conflict of interest; appoint somebody else"),
    ],
)  # fmt: skip
def test_decisions_of_the_workgroup(
    checkout: Checkout,
    people: list[tuple[str, str]],
    headers: str,
    author: str,
    expected: str | None,
) -> None:
    root = with_roles(checkout(), *people)
    before, after = (text(status, headers, author) for status in ("Review", "Active"))
    assert messages(root, before, after) == ([expected] if expected else [])


def test_what_others_decide_and_what_is_no_decision(checkout: Checkout) -> None:
    root = with_roles(checkout())
    both = [text(status, type_="Standards Track") for status in ("Review", "Accepted")]
    assert messages(root, *both) == []
    assert messages(root, text("Draft"), text("Review")) == []
    assert messages(root, text("Draft"), text("Active")) == []  # T001 reports it
    retroactive = "Retroactive: yes\n"
    assert messages(root, text("Draft", retroactive), text("Active", retroactive)) == []


def test_without_a_file_of_people_nothing_is_asked(checkout: Checkout) -> None:
    assert messages(checkout(), text("Review"), text("Active")) == []


def test_the_editors_decide_unless_the_process_says_who(checkout: Checkout) -> None:
    root = with_roles(checkout())
    process = root / "fep" / "process.toml"
    lines = process.read_text("utf-8").splitlines(keepends=True)
    process.write_text("".join(line for line in lines if "decided_by" not in line), "utf-8")
    (found,) = messages(root, text("Review"), text("Active"))
    assert found == "no editor is in people.toml, so no one can decide; appoint one first"


def test_the_people_of_the_base_count(checkout: Checkout) -> None:
    """A pull request cannot appoint those who decide about it."""
    root = with_roles(checkout({"fep-0012.rst": text("Review")}))
    identity = ("-c", "user.name=Ada", "-c", "user.email=a@example.org")
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull}
    for arguments in (["init", "-q"], ["add", "--all"], ["commit", "-q", "-m", "Base"]):
        command = ["git", *identity, *arguments]
        subprocess.run(command, cwd=root, check=True, env=environment)
    (root / "proposals" / "fep-0012.rst").write_bytes(text("Active"))
    with_roles(root, ("Bob", "workgroup"))
    result = Repository.open(root).check(CheckOptions(TODAY), base="HEAD")
    assert "T016" in {d.code for d in result.diagnostics}
    assert "the people of HEAD have their roles, not those of this change" in result.notes
    (root / "fep" / "people.toml").write_text("persons = []\n", "utf-8")
    with pytest.raises(ProcessError, match=r"fep/people\.toml:1: unknown key 'persons'"):
        Repository.open(root).check(CheckOptions(TODAY), base="HEAD")


def test_ready_says_who_decides_and_who_has_a_conflict(checkout: Checkout) -> None:
    root = with_roles(
        checkout({"fep-0012.rst": text("Review", "Sponsor: Eve\n")}),
        ("Ada", "editor"), ("Bob", "workgroup"), ("Eve", "workgroup"),
    )  # fmt: skip
    report = assess(Repository.open(root), 12, "Active", TODAY)
    assert (report.decided_by, report.deciders) == ("workgroup", ("Bob", "Eve"))
    assert report.conflicts == ("Eve", "Ada")
    assert assess(Repository.open(root), 12, "Draft", TODAY).decided_by is None


def test_code_owners_that_differ(checkout: Checkout) -> None:
    root = checkout({"fep-0012.rst": text("Review")})
    people = root / "fep" / "people.toml"
    people.write_text('[[owned]]\npaths = ["/fep/"]\nroles = ["editor"]\n', "utf-8")
    (found,) = (d for d in Repository.open(root).check().diagnostics if d.code == "C024")
    assert (found.path, found.span.line) == (".github/CODEOWNERS", 1)
    assert found.message == (
        "the file is missing, and is made from fep/people.toml; "
        "run: fep export codeowners --output .github/CODEOWNERS"
    )
    owners = root / ".github" / "CODEOWNERS"
    owners.parent.mkdir()
    process = Repository.open(root).process
    assert process.people is not None
    owners.write_text(process.people.codeowners_text + "/more @ada\n", "utf-8")
    (found,) = (d for d in Repository.open(root).check().diagnostics if d.code == "C024")
    assert (found.span.line, found.message[:12]) == (3, "the file dif")
    owners.write_text(process.people.codeowners_text, "utf-8")
    assert "C024" not in {d.code for d in Repository.open(root).check().diagnostics}
