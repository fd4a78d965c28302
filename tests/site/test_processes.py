"""Work in several processes: each share is done once, and no process is left."""

from __future__ import annotations

import errno
import multiprocessing
import os
import signal
from collections.abc import Iterable
from select import select
from threading import Event

import pytest
from sphinx.errors import SphinxParallelError

from fep_tools.errors import ConfigError, RepositoryError
from fep_tools.site.processes import run_in_processes

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        "fork" not in multiprocessing.get_all_start_methods(), reason="Sphinx forks its processes"
    ),
]


def double(number: int) -> int:
    if number == 13:
        raise ValueError("is unlucky")
    if number == 99:
        os._exit(1)
    if number == 28:
        raise ConfigError("cannot be written")
    if number == 17:
        raise FileExistsError(errno.EEXIST, "File exists", "site/status")
    return 2 * number


@pytest.mark.parametrize("queues", [[[2, 0, 1]], [[0, 2], [1]], [iter(range(3))] * 2])
def test_each_share_is_worked_on_once(queues: list[Iterable[int]]) -> None:
    kept: dict[int, int] = {}
    finished = run_in_processes([3, 1, 2], queues, double, kept.__setitem__, os.getpid)
    assert kept == {1: 2, 2: 4, 3: 6}
    assert len(set(finished) - {os.getpid()}) == len(queues)
    assert not multiprocessing.active_children()


def test_each_process_says_what_it_has_done() -> None:
    done: list[int] = []

    def work(share: int) -> None:
        done.append(share)

    queues = [[2, 0], [1], []]
    finished = run_in_processes([3, 1, 2], queues, work, lambda _share, _none: None, lambda: done)
    assert finished == [[2, 3], [1], []]
    assert not done


def test_nothing_to_do_needs_no_process() -> None:
    assert run_in_processes([], [], double, lambda _share, _result: None, os.getpid) == []


@pytest.mark.parametrize(
    ("share", "message"), [(13, "is unlucky"), (99, "ended before its work was done")]
)
def test_a_process_that_fails_ends_the_build(share: int, message: str) -> None:
    queue = iter(range(3))
    with pytest.raises(SphinxParallelError, match=message):
        run_in_processes(
            [1, share, 2], [queue] * 2, double, lambda _share, _result: None, os.getpid
        )
    assert not multiprocessing.active_children()


def test_an_error_of_the_system_names_its_file() -> None:
    with pytest.raises(FileExistsError) as error:
        run_in_processes([17], [[0]], double, lambda *_: None, os.getpid)
    assert error.value.filename == "site/status"


def test_an_error_that_people_can_correct_has_no_type() -> None:
    with pytest.raises(RepositoryError, match=r"^cannot be written$"):
        run_in_processes([28], [[0]], double, lambda *_: None, os.getpid)


def test_an_interrupted_process_ends() -> None:
    """And so do the others, also where a handler of the caller does nothing for SIGTERM."""

    def interrupt(number: int) -> int:
        if number == 2:
            raise KeyboardInterrupt
        Event().wait()
        return number

    before = signal.signal(signal.SIGTERM, lambda *_: None)
    queues = [[0], [1]]
    try:
        with pytest.raises(SphinxParallelError, match="KeyboardInterrupt"):
            run_in_processes([1, 2], queues, interrupt, lambda _share, _result: None, os.getpid)
    finally:
        signal.signal(signal.SIGTERM, before)
    assert not multiprocessing.active_children()


def test_processes_end_with_their_parent() -> None:
    """Also if it is killed: the end of a pipe that all of them have says when none is left."""

    def kill_parent(number: int) -> int:
        if number == 2:
            os.kill(os.getppid(), signal.SIGKILL)
        return number

    arguments = ([1, 2, 3], [[0], [1], [2]], kill_parent, lambda *_: None, os.getpid)
    left, held = os.pipe()
    parent = multiprocessing.get_context("fork").Process(target=run_in_processes, args=arguments)
    parent.start()
    os.close(held)
    parent.join()
    ended, _, _ = select([left], [], [], 30)
    assert ended
    assert os.read(left, 1) == b""
    os.close(left)
