"""Tasks run on any executor, once each, and no task suffers from another."""

from __future__ import annotations

import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest

from fep_tools import _progress
from fep_tools._cache import Cache
from fep_tools.errors import FepError
from fep_tools.extensions import engine
from fep_tools.extensions.engine import Results, run, Task
from fep_tools.extensions.executors import Engine, Processes, Threads

from . import tasks

ROOT = Path(__file__).parents[2]
NOTHING = Cache(None)
NUMBERS = range(20)
SQUARES = {str(n): n * n for n in NUMBERS}


@pytest.fixture(autouse=True)
def _importable(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the workers import the tests."""
    monkeypatch.syspath_prepend(str(ROOT))
    monkeypatch.setenv("PYTHONSAFEPATH", "1")


def compute(
    function: Callable[[Any], str],
    arguments: Mapping[int, Any] | None = None,
    *,
    on: Engine | None = None,
    cache: Cache = NOTHING,
    numbers: Any = NUMBERS,
) -> Results[int]:
    """Compute *function* for all *numbers*."""
    given = [Task(str(n), (str(n),), arguments[n] if arguments else n) for n in numbers]
    on = on or Processes(2)
    return run(function, given, int, engine=on, cache=cache, activity="{share} of {total}")


@pytest.mark.parametrize("make", [lambda: Threads(3), lambda: Processes(2), lambda: Processes(1)])
def test_results_do_not_depend_on_the_engine_or_the_order(make: Callable[[], Engine]) -> None:
    numbers = list(NUMBERS)
    random.Random(5).shuffle(numbers)
    results = compute(tasks.square, on=make(), numbers=numbers)
    assert results == Results(SQUARES, {}, 20)
    assert list(results.values) == [str(n) for n in numbers]


def test_a_second_run_computes_nothing(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    arguments = {n: (str(tmp_path), n) for n in NUMBERS}
    first = compute(tasks.count_and_square, arguments, on=Threads(2), cache=cache)
    second = compute(tasks.count_and_square, arguments, on=Threads(2), cache=cache)
    assert (first.computed, second.computed) == (20, 0)
    assert first.values == second.values == SQUARES
    assert all((tmp_path / str(n)).read_text() == "x" for n in NUMBERS)


def test_without_work_no_executor_is_opened(tmp_path: Path) -> None:
    class Closed(Threads):
        def open(self) -> Executor:
            raise AssertionError

    cache = Cache(tmp_path)
    compute(tasks.square, on=Threads(2), cache=cache)
    assert compute(tasks.square, on=Closed(), cache=cache).values == SQUARES
    assert compute(tasks.square, on=Closed(), numbers=[]) == Results({}, {}, 0)


def test_equal_content_is_computed_once(tmp_path: Path) -> None:
    given = [Task(name, ("same",), (str(tmp_path), 3)) for name in ("a", "b")]
    results = run(
        tasks.count_and_square, given, int, engine=Threads(2), cache=NOTHING, activity=""
    )  # fmt: skip
    assert results == Results({"a": 9, "b": 9}, {}, 1)
    assert (tmp_path / "3").read_text() == "x"


def test_other_content_other_functions_and_other_code_are_computed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = Cache(tmp_path)

    def computed(function: Callable[[int], str], *content: str) -> int:
        given = [Task("a", content, 3)]
        return run(
            function, given, int, engine=Threads(1), cache=cache, activity=""
        ).computed  # fmt: skip

    assert computed(tasks.square, "ab", "c") == 1
    assert computed(tasks.square, "ab", "c") == 0
    assert computed(tasks.square, "a", "bc") == 1
    assert computed(tasks.fail_above_three, "ab", "c") == 1
    monkeypatch.setattr(engine, "code_identity", lambda: "other")
    assert computed(tasks.square, "ab", "c") == 1


def test_what_is_not_a_result_in_the_cache_is_computed_again(tmp_path: Path) -> None:
    class Forged(Cache):
        def get(self, keys: Any) -> dict[bytes, str]:
            return dict.fromkeys(keys, "not a number")

    results = compute(tasks.square, on=Threads(2), cache=Forged(tmp_path))
    assert results == Results(SQUARES, {}, 20)


def test_failures_are_reported_and_tried_again(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    for computed in (2, 0):
        assert compute(tasks.fail, cache=cache, numbers=range(5)) == Results(
            {"0": 0, "4": 4},
            {
                "1": "the archive is too large",
                "2": "internal error: RuntimeError",
                "3": "needs too much memory",
            },
            computed,
        )


def test_a_worker_that_dies_once_changes_nothing(tmp_path: Path) -> None:
    arguments = {n: (str(tmp_path), n) for n in NUMBERS}
    assert compute(tasks.die_once, arguments) == Results(SQUARES, {}, 20)
    assert (tmp_path / "died").exists()


def test_only_a_task_that_ends_its_worker_by_itself_is_given_up() -> None:
    results = compute(tasks.die_at_seven, numbers=range(12))
    assert list(results.failures) == ["7"]
    assert "ended its worker process" in results.failures["7"]
    assert results.values == {str(n): n * n for n in range(12) if n != 7}


def test_workers_that_never_compute_anything_end_the_run() -> None:
    with pytest.raises(FepError, match="the worker processes end before"):
        compute(tasks.die, numbers=range(100))


def test_a_worker_has_limits_of_memory_and_time() -> None:
    one = Processes(1, memory=512 * 1024**2)
    results = compute(tasks.use_memory, on=one, numbers=[1024, 1024**3])
    assert results.values == {"1024": 1024}
    assert results.failures == {str(1024**3): "needs too much memory"}
    results = compute(tasks.hang, on=Processes(2, seconds=0.5), numbers=[0, 1])
    assert results.values == {"0": 0}
    assert list(results.failures) == ["1"]


def test_a_worker_imports_no_module_of_its_current_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "multiprocessing.py").write_text("open('imported', 'w')\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PYTHONSAFEPATH")
    assert compute(tasks.safe_path, on=Processes(1), numbers=[1]).values == {"1": 1}
    assert not (tmp_path / "imported").exists()


class Broken(Threads):
    """An executor whose futures raise *error*."""

    def __init__(self, error: Exception) -> None:
        super().__init__(2)
        self.error = error

    def open(self) -> Executor:
        error = self.error

        class _Executor(Executor):
            def submit(self, *_args: Any, **_options: Any) -> Future[Any]:
                future: Future[Any] = Future()
                future.set_exception(error)
                return future

        return _Executor()


def test_an_engine_that_cannot_run_tasks_ends_the_run() -> None:
    with pytest.raises(FepError, match=r"the threads cannot run tasks \(ModuleNotFoundError\)"):
        compute(tasks.square, on=Broken(ModuleNotFoundError("fep_tools")))


def test_a_pool_that_breaks_between_two_tasks_is_opened_again() -> None:
    class Fragile(Threads):
        opened = 0

        def open(self) -> Executor:
            self.opened += 1
            executor = super().open()
            if self.opened == 1:

                def submit(*_args: Any, **_options: Any) -> Future[Any]:
                    raise BrokenExecutor

                executor.submit = submit  # type: ignore[method-assign]
            return executor

    fragile = Fragile(2)
    assert compute(tasks.square, on=fragile) == Results(SQUARES, {}, 20)
    assert fragile.opened == 2


def test_an_engine_with_another_version_computes_nothing() -> None:
    result = engine.call("another", 0, tasks.square, 3)
    assert result == ("", "was not computed: a worker has another version of fep-tools or Python")
    assert engine.call(engine.code_identity(), 0, tasks.square, 3) == ("9", "")


def test_progress_is_reported() -> None:
    seen: list[tuple[str, int, int]] = []
    with _progress.observed(lambda *args: seen.append(args)):
        compute(tasks.square, on=Threads(1), numbers=range(3))
    assert seen[-1] == ("{share} of {total}", 3, 3)
    assert [done for _, done, _ in seen] == sorted({done for _, done, _ in seen})


@pytest.fixture
def script(tmp_path: Path) -> Path:
    """A program that keeps ten results in a cache, the last of them only in its second run."""
    path = tmp_path / "script.py"
    path.write_text(
        f"""
import sys, time
from pathlib import Path
sys.path.insert(0, {str(ROOT)!r})
from fep_tools._cache import Cache
from fep_tools.extensions.engine import run, Task
from fep_tools.extensions.executors import Processes

def slow(number):
    while number > 5 and not Path("second").exists():
        time.sleep(0.05)
        if Path("stop").exists():
            raise RuntimeError
    return str(number)

if __name__ == "__main__":
    given = [Task(str(n), (str(n),), n) for n in range(10)]
    results = run(slow, given, int, engine=Processes(2), cache=Cache(Path("cache")), activity="")
    print(results.computed, len(results.values))
"""
    )
    return path


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_an_interrupted_run_goes_on_and_leaves_no_workers(script: Path, number: int) -> None:
    command = [sys.executable, str(script)]
    process = subprocess.Popen(command, cwd=script.parent, stderr=subprocess.DEVNULL)
    cache = Cache(script.parent / "cache")
    deadline = time.monotonic() + 30
    while not _has_rows(script.parent / "cache" / "facts.sqlite3"):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    process.send_signal(number)
    (script.parent / "stop").touch()  # it waits for the tasks that are running
    process.wait(30)
    (script.parent / "second").touch()
    again = subprocess.run(command, cwd=script.parent, capture_output=True, check=True)
    computed, total = map(int, again.stdout.split())
    assert total == 10
    assert 0 < computed < 10
    assert cache.directory is not None
    deadline = time.monotonic() + 10
    while any(_workers(process.pid)):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def _has_rows(file: Path) -> bool:
    """Return whether a cache has any result yet; the file and its table come before them."""
    if not file.exists():
        return False
    with closing(sqlite3.connect(file)) as database, suppress(sqlite3.OperationalError):
        return database.execute("SELECT 1 FROM facts").fetchone() is not None
    return False


def _workers(parent: int) -> Iterator[Path]:
    """Yield the processes that *parent* has started as workers: ``parent_pid=4711``."""
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            if f"parent_pid={parent}," in entry.read_text("utf-8", "replace"):
                yield entry
