"""Another number: in the file's name, in its headers, and wherever others speak of it."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from multiprocessing.pool import ThreadPool
from pathlib import Path

import pytest

from fep_tools.diagnostics import CheckOptions
from fep_tools.editing import numbering
from fep_tools.editing.create import create_proposal, NewProposal
from fep_tools.editing.renumber import plan_renumbering, write_renumbering
from fep_tools.errors import FepError
from fep_tools.repository import Repository

from ..conftest import ROOT, TODAY

Checkout = Callable[..., Path]

DRAFT = """FEP: 12
Title: Typed views
Status: Draft

Abstract
========

As :fep:`12` says.
"""
OTHER = """FEP: 112
Title: Twelve
Status: Draft
Requires: 7, 12, 112

Abstract
========

See :fep:`12`, :fep:`the 12 views <12>`, :fep:`12#abstract` and FEP 12, not :fep:`112`.
Twelve is 12, and FEP 120 is another.
"""
AFTER = """FEP: 112
Title: Twelve
Status: Draft
Requires: 7, 14, 112

Abstract
========

See :fep:`14`, :fep:`the 12 views <14>`, :fep:`14#abstract` and FEP 14, not :fep:`112`.
Twelve is 12, and FEP 120 is another.
"""
RESULTS = '{"number": 12, "schema_version": 1, "snippets": {}}'


def git(root: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=A", "-c", "user.email=a@example.org")
    subprocess.run(["git", "-C", str(root), *identity, *arguments], check=True, capture_output=True)


def test_everywhere(checkout: Checkout) -> None:
    root = checkout({"fep-0012.rst": DRAFT, "fep-0112.rst": OTHER, "fep-0012.notes.json": RESULTS})
    write_renumbering(Repository.open(root), plan_renumbering(Repository.open(root), 12, 14))
    folder = root / "proposals"
    assert sorted(p.name for p in folder.iterdir()) == [
        "fep-0014.notes.json", "fep-0014.rst", "fep-0112.rst",
    ]  # fmt: skip
    assert (folder / "fep-0014.rst").read_text() == DRAFT.replace("12", "14")
    assert (folder / "fep-0112.rst").read_text() == AFTER
    assert '"number": 14' in (folder / "fep-0014.notes.json").read_text()


def test_the_next_one(checkout: Checkout) -> None:
    root = checkout({"fep-0012.rst": DRAFT, "fep-0112.rst": OTHER})
    made = plan_renumbering(Repository.open(root), 12, None)
    assert made.moved == {"proposals/fep-0012.rst": "proposals/fep-0113.rst"}


def test_line_ends_stay(checkout: Checkout) -> None:
    root = checkout({"fep-0012.rst": DRAFT.replace("\n", "\r\n")})
    made = plan_renumbering(Repository.open(root), 12, 13)
    wanted = DRAFT.replace("12", "13").replace("\n", "\r\n")
    assert made.texts == {"proposals/fep-0013.rst": wanted}


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (9, 14, "there is no FEP 9"),
        (12, 112, "FEP 112 is taken by proposals/fep-0112.rst"),
        (12, 0, "choose another number"),
        (12, 12000, "choose another number"),
    ],
)
def test_refused(checkout: Checkout, old: int, new: int, told: str) -> None:
    root = checkout({"fep-0012.rst": DRAFT, "fep-0112.rst": OTHER})
    with pytest.raises(FepError, match=told):
        plan_renumbering(Repository.open(root), old, new)


def test_a_settled_one_keeps_it(checkout: Checkout) -> None:
    root = checkout({"fep-0012.rst": DRAFT.replace("Status: Draft", "Status: Withdrawn")})
    with pytest.raises(FepError, match="FEP 12 is Withdrawn and keeps its number"):
        plan_renumbering(Repository.open(root), 12, 14)


def test_of_two_with_one_number(tmp_path: Path) -> None:
    """Where links could mean either, they stay."""
    text = (
        "=======\nDEP {}: {}\n=======\n\n:DEP: {}\n:Status: Draft\n\nAbstract\n========\n\nText\n"
    )
    (tmp_path / "draft").mkdir()
    for name, number, title in (("a", 7, "A"), ("b", 7, "B"), ("c", 9, "C")):
        body = text.format(number, title, number) + "\nSee :dep:`7`.\n"
        (tmp_path / "draft" / f"{number:04}-{name}.rst").write_text(body)
    repository = Repository.open(tmp_path, "dep")
    with pytest.raises(FepError, match=r"choose one with --path draft/0007-a\.rst"):
        plan_renumbering(repository, 7, 10)
    made = plan_renumbering(repository, 7, 10, "draft/0007-b.rst")
    assert set(made.texts) == {"draft/0010-b.rst"}
    told = made.texts["draft/0010-b.rst"]
    assert "DEP 10: B" in told
    assert ":DEP: 10" in told
    assert "See :dep:`7`." in told


def test_numbers_of_other_branches_and_of_the_past_are_not_free(checkout: Checkout) -> None:
    root = checkout({"fep-0012.rst": DRAFT})
    git(root, "init", "--quiet", "--initial-branch=main")
    git(root, "add", ".")
    git(root, "commit", "--quiet", "--message=one")
    for branch, number in (("side", 13), ("gone", 14)):
        git(root, "switch", "--quiet", "--create", branch, "main")
        (root / "proposals" / f"fep-00{number}.rst").write_text(DRAFT.replace("12", str(number)))
        git(root, "add", ".")
        git(root, "commit", "--quiet", "--message=two")
    git(root, "rm", "--quiet", "proposals/fep-0014.rst")
    git(root, "commit", "--quiet", "--message=three")
    git(root, "switch", "--quiet", "main")
    repository = Repository.open(root)
    assert repository.numbers_used() == {12, 13, 14}
    free = numbering.free_numbers(repository.process, [12], repository.numbers_used())
    assert next(free) == 15
    with pytest.raises(FepError, match="FEP 13 is reserved, or was used before"):
        plan_renumbering(repository, 12, 13)


@pytest.mark.parametrize("process", ["pep", "dep"])
def test_two_at_once_get_two_numbers(tmp_path: Path, process: str) -> None:
    """Also where the name of the file depends on the title."""

    def make(title: str) -> str:
        repository = Repository.open(tmp_path, process)
        kind = repository.process.types[0].name
        return create_proposal(repository, NewProposal(title, kind, "Ada Lovelace", TODAY))

    with ThreadPool(4) as pool:
        paths = pool.map(make, ["Typed views", "Nested views", "Other views", "More views"])
    named = Repository.open(tmp_path, process).process.files.numbers(paths)
    assert len(named) == 4
    assert not list(tmp_path.rglob(".fep*"))


def test_this_repository_has_no_number_twice() -> None:
    repository = Repository.open(ROOT)
    found = [proposal.number for proposal in repository.corpus(bodies=False)]
    assert len(found) == len(set(found))


def test_a_number_that_went_to_another_branch_meanwhile(checkout: Checkout) -> None:
    root = checkout({"fep-0012.rst": DRAFT})
    git(root, "init", "--quiet", "--initial-branch=main")
    git(root, "add", ".")
    git(root, "commit", "--quiet", "--message=one")
    for branch, title in (("mine", "Mine"), ("main", "Theirs")):
        if branch != "main":
            git(root, "branch", branch)
        git(root, "switch", "--quiet", branch)
        text = DRAFT.replace("12", "13").replace("Typed views", title)
        (root / "proposals" / "fep-0013.rst").write_text(text)
        git(root, "add", ".")
        git(root, "commit", "--quiet", "--message=two")
    git(root, "switch", "--quiet", "mine")
    verdict = Repository.open(root).check(CheckOptions(TODAY, select=("T015",)), base="main")
    (told,) = verdict.diagnostics
    assert told.message == "FEP 13 was given to another proposal meanwhile"
    assert "fep renumber 13" in told.help
    write_renumbering(Repository.open(root), plan_renumbering(Repository.open(root), 13, None))
    git(root, "add", ".")
    git(root, "commit", "--quiet", "--message=three")
    options = CheckOptions(TODAY, select=("T015",))
    assert not Repository.open(root).check(options, base="main").diagnostics
    assert (root / "proposals" / "fep-0014.rst").is_file()
