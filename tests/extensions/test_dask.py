"""A Dask cluster gives the results of the process engine, also if one of its workers is killed."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from fep_tools._cache import Cache
from fep_tools.errors import FepError
from fep_tools.extensions.engine import run, Task
from fep_tools.extensions.executors import Dask, Processes

from . import tasks

ROOT = Path(__file__).parents[2]
NOTHING = Cache(None)


@pytest.fixture
def cluster(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A cluster of three worker processes on this machine."""
    distributed = pytest.importorskip("distributed")
    monkeypatch.syspath_prepend(str(ROOT))
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    # The engine is to try the tasks of a dead worker again, and not the scheduler before it.
    dask = pytest.importorskip("dask")
    options = {"n_workers": 3, "threads_per_worker": 1, "dashboard_address": None}
    with (
        dask.config.set({"distributed.scheduler.allowed-failures": 0}),
        distributed.LocalCluster(**options, silence_logs=50) as started,
    ):
        yield started


def given(directory: Path) -> list[Task[tuple[str, int]]]:
    return [Task(str(n), (str(n),), (str(directory), n)) for n in range(60)]


def written_process(directory: Path) -> int:
    """Return the process of a task that is running.

    A task names its file when the number is in it, and takes the file away at its end, so that a
    file which was listed may be gone when it is read.
    """
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        for mark in directory.glob("*.pid"):
            with suppress(FileNotFoundError):
                return int(mark.read_text())
        time.sleep(0.02)
    raise AssertionError("no task has begun in 30 seconds")


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_results_are_those_of_processes_even_if_a_worker_is_killed(
    cluster: Any, tmp_path: Path
) -> None:
    killed: list[int] = []

    def kill_one() -> None:
        # A worker that is computing at this moment.
        killed.append(written_process(tmp_path))
        os.kill(killed[0], signal.SIGKILL)

    killer = threading.Thread(target=kill_one)
    killer.start()
    engine = Dask(cluster.scheduler_address)
    results = run(
        tasks.slow_square, given(tmp_path), int, engine=engine, cache=NOTHING, activity=""
    )
    killer.join()
    assert killed
    expected = run(
        tasks.slow_square, given(tmp_path), int, engine=Processes(2), cache=NOTHING, activity=""
    )
    assert results == expected
    assert results.failures == {}


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_a_task_that_always_kills_its_worker_is_given_up_alone(cluster: Any) -> None:
    some = [Task(str(n), (str(n),), n) for n in range(12)]
    engine = Dask(cluster.scheduler_address)
    results = run(tasks.die_at_seven, some, int, engine=engine, cache=NOTHING, activity="")
    assert list(results.failures) == ["7"]
    assert results.values == {str(n): n * n for n in range(12) if n != 7}


def test_a_scheduler_that_does_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed")
    monkeypatch.setattr("fep_tools.extensions.executors.CONNECT_SECONDS", 0.5)
    with pytest.raises(FepError, match=r"no Dask scheduler answers at tcp://127\.0\.0\.1:1"):
        Dask("tcp://127.0.0.1:1").open()
    with pytest.raises(FepError, match="no Dask scheduler answers at nonsense://"):
        Dask("nonsense://x").open()


def test_without_the_extra_the_command_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "distributed", None)
    with pytest.raises(FepError, match=r"pip install 'fep-tools\[dask\]'"):
        Dask("tcp://127.0.0.1:1")
