"""Reading a repository while other processes parse the bodies."""

from __future__ import annotations

from threading import Event, Timer

import pytest

from fep_tools.errors import RepositoryError
from fep_tools.site.reading import in_background


def test_work_goes_on_in_the_background() -> None:
    go_on = Event()

    def work() -> int:
        assert go_on.wait(timeout=60)
        return 7

    with in_background(work) as result:
        go_on.set()
        assert result() == 7


def test_its_problem_is_that_of_the_caller() -> None:
    def work() -> int:
        raise RepositoryError("git is not installed")

    with (
        pytest.raises(RepositoryError, match="git is not installed"),
        in_background(work) as result,
    ):
        result()


def test_a_failure_waits_for_it() -> None:
    """Or the thread writes to the directory of the cache while a command deletes it."""
    failed, done = Event(), Event()

    def work() -> None:
        assert failed.wait(timeout=60)
        done.set()

    def fail() -> None:
        Timer(0.05, failed.set).start()
        raise RepositoryError("there is no FEP 8")

    with pytest.raises(RepositoryError, match="no FEP 8"), in_background(work):
        fail()
    assert done.is_set()


def test_an_interrupt_does_not_wait() -> None:
    go_on, done = Event(), Event()

    def work() -> None:
        go_on.wait(timeout=60)
        done.set()

    with pytest.raises(KeyboardInterrupt), in_background(work):
        raise KeyboardInterrupt
    assert not done.is_set()
    go_on.set()
