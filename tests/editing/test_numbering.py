"""Numbers for new proposals: which are free, and which one is next."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from itertools import islice
from pathlib import Path

import pytest

from fep_tools._numbers import MAX_NUMBER
from fep_tools.editing.numbering import is_available, next_number, used_numbers
from fep_tools.errors import RepositoryError
from fep_tools.process.model import Process
from fep_tools.process.schema import Reserved
from fep_tools.repository import Repository

from ..conftest import ROOT


@pytest.mark.parametrize(
    ("present", "reserved", "expected"),
    [
        ({12, 844, 2026, 3000, 8107}, [], [845, 846]),
        ({12, 3000}, [(13, 0), (15, 20)], [14, 21]),
        ({998}, [], [999]),
        ({999}, [], []),
        ({3000}, [(1, 997)], [998, 999]),
    ],
)
def test_numbers_that_are_given_by_hand_do_not_count(
    process: Process, present: set[int], reserved: list[tuple[int, int]], expected: list[int]
) -> None:
    rows = tuple(Reserved(number=first, last=last, reason="x") for first, last in reserved)
    process = process.model_copy(update={"first_number": 1, "last_number": 999, "reserved": rows})
    assert list(islice(process.free_numbers(present), 2)) == expected


def numbered(process: Process, first_number: int, *reserved: int) -> Process:
    rows = tuple(Reserved(number=number, reason="A reason.") for number in reserved)
    return process.model_copy(update={"first_number": first_number, "reserved": rows})


@pytest.mark.parametrize(
    ("first_number", "reserved", "present", "used", "expected"),
    [
        (1, (), (), (), [1, 2, 3]),
        (10, (), (), (), [10, 11, 12]),  # a new repository begins with first_number
        (10, (), (3,), (), [10, 11, 12]),  # also if it has earlier numbers
        (10, (), (10, 12), (), [13, 14, 15]),  # a gap is not filled
        (10, (11, 14), (10,), (), [12, 13, 15]),
        (10, (), (10,), (11, 13), [12, 14, 15]),  # another branch has 11 and 13
        (10, (), (10,), (40,), [11, 12, 13]),  # a higher number elsewhere leaves no gap
        (10, (11,), (10,), (12,), [13, 14, 15]),
        (1, (), (9998,), (), [9999, 10000, 10001]),
        (1, (), (9998, 9999), (), [10000, 10001, 10002]),
        (1, (), (7, 9999), (), [8, 9, 10]),  # 9999 stands for no number yet
        (9998, (), (9999,), (), [9998, 10000, 10001]),
        (20000, (), (7,), (), [20000, 20001, 20002]),
        (1, (), (43651,), (), [43652, 43653, 43654]),
        (1, (), (MAX_NUMBER - 1,), (), [MAX_NUMBER]),
        (1, (MAX_NUMBER,), (MAX_NUMBER - 1,), (), []),
        (1, (), (MAX_NUMBER,), (), []),
    ],
)
def test_free_numbers(
    process: Process,
    first_number: int,
    reserved: tuple[int, ...],
    present: tuple[int, ...],
    used: tuple[int, ...],
    expected: list[int],
) -> None:
    process = numbered(process, first_number, *reserved)
    assert list(islice(process.free_numbers(present, used), 3)) == expected
    if expected:
        assert next_number(process, present, used) == expected[0]
    else:
        with pytest.raises(RepositoryError, match=f"no number up to {MAX_NUMBER} is free"):
            next_number(process, present, used)


@pytest.mark.parametrize(
    ("number", "expected"),
    [(0, False), (1, True), (5, True), (11, False), (12, False), (13, True),
     (MAX_NUMBER, True), (MAX_NUMBER + 1, False)],
)  # fmt: skip
def test_available_for_renumbering(process: Process, number: int, expected: bool) -> None:
    assert is_available(numbered(process, 10, 11), number, used={12}) is expected


def git(root: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=A", "-c", "user.email=a@example.org")
    subprocess.run(["git", "-C", str(root), *identity, *arguments], check=True, capture_output=True)


def test_used_numbers_are_those_of_all_branches_and_the_history(
    checkout: Callable[..., Path],
) -> None:
    root = checkout({"fep-0012.rst": "FEP: 12\n"})
    git(root, "init", "--quiet", "--initial-branch=main")
    git(root, "add", ".")
    git(root, "commit", "--quiet", "--message=one")
    for branch, number in (("side", 13), ("deleted", 14)):
        git(root, "switch", "--quiet", "--create", branch, "main")
        (root / "proposals" / f"fep-00{number}.rst").write_text(f"FEP: {number}\n")
        git(root, "add", ".")
        git(root, "commit", "--quiet", "--message=two")
    git(root, "rm", "--quiet", "proposals/fep-0014.rst")
    git(root, "commit", "--quiet", "--message=three")
    git(root, "switch", "--quiet", "main")
    assert used_numbers(Repository.open(root)) == {12, 13, 14}


def test_without_git_no_number_is_used(checkout: Callable[..., Path]) -> None:
    assert used_numbers(Repository.open(checkout({"fep-0012.rst": "FEP: 12\n"}))) == frozenset()


def test_this_repository_has_no_number_twice() -> None:
    numbers = [proposal.number for proposal in Repository.open(ROOT).corpus(bodies=False)]
    assert len(numbers) == len(set(numbers))
