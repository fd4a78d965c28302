"""Allocation of numbers for new proposals."""

from __future__ import annotations

from collections.abc import Collection

from .._numbers import MAX_NUMBER
from ..errors import RepositoryError
from ..history.git_errors import NoGitError
from ..process.model import Process
from ..repository import Repository


def next_number(
    process: Process, present: Collection[int], used: Collection[int] = frozenset()
) -> int:
    """Return the first of :meth:`Process.free_numbers`.

    :raises RepositoryError: if no number is left
    """
    for number in process.free_numbers(present, used):
        return number
    raise no_number_left()


def no_number_left() -> RepositoryError:
    """Return the error for a repository in which every number is taken."""
    return RepositoryError(f"no number up to {MAX_NUMBER} is free")


def is_available(process: Process, number: int, used: Collection[int] = frozenset()) -> bool:
    """Return whether a proposal may be renumbered to *number*, which is not in use now.

    Unlike a new proposal, it may fill a gap and may be below ``first_number``.
    """
    is_free = number not in used and process.reservation(number) is None
    return 1 <= number <= MAX_NUMBER and is_free


def used_numbers(repository: Repository) -> frozenset[int]:
    """Return the numbers on all branches and in the history; none without a repository of git.

    :raises FepError: git fails; a number would be given that another branch has
    """
    try:
        return repository.numbers_used()
    except NoGitError:
        return frozenset()
