"""Reading a repository while other processes parse the bodies."""

from __future__ import annotations

from threading import Event

import pytest

from fep_tools.errors import RepositoryError
from fep_tools.site.reading import in_background


def test_work_goes_on_in_the_background() -> None:
    go_on = Event()

    def work() -> int:
        assert go_on.wait(timeout=60)
        return 7

    wait = in_background(work)
    go_on.set()
    assert wait() == 7


def test_its_problem_is_that_of_the_caller() -> None:
    def work() -> int:
        raise RepositoryError("git is not installed")

    wait = in_background(work)
    with pytest.raises(RepositoryError, match="git is not installed"):
        wait()
