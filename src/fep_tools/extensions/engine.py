"""Run many independent tasks on an executor, and store each result as soon as it arrives.

A result is a text, stored under everything that it depends on: the code, the function and the
content that the task is about. A run that was interrupted goes on where it stopped, and nothing
is computed twice. The order of the tasks, the engine and the number of its workers have no
effect on the results.

A worker that dies takes other tasks with it. These are tried again, alone, so that only a task
that ends its worker by itself is reported.
"""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import BrokenExecutor, Executor, FIRST_COMPLETED, Future, wait
from dataclasses import dataclass
from functools import cache as cached
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

from .. import _cache, _progress
from .._cache import Cache
from .._text import digest
from .._version import __version__
from ..errors import FepError
from .executors import Engine, time_limit

ATTEMPTS = 2
"""How often a task may end its worker while nothing else runs, until it is given up."""

MAX_BARREN_BREAKS = 5
"""How often all workers may end without a result in between, until the run is given up."""

_DIED = "ended its worker process whenever it was tried; it may need too much time or memory"

_CODE = ("*.py", "extensions/*.py", "process/*.py", "proposals/**/*.py", "sandbox/*.py")
"""The modules that a result can depend on: this package, and those that it may import."""

A = TypeVar("A")
R = TypeVar("R")


@dataclass(frozen=True)
class Task(Generic[A]):
    """Something to compute.

    :param name: its name in the results, such as ``Flask-Login 0.6.3``.
    :param content: everything that the result depends on besides the code: digests and options.
    :param argument: what the function gets; it must be picklable.
    """

    name: str
    content: tuple[str, ...]
    argument: A


@dataclass(frozen=True)
class Results(Generic[R]):
    """The results of a run.

    :param values: results by the name of the task, in the order of the tasks.
    :param failures: why there is no result, by the name of the task. Failures are not stored:
        the next run tries these tasks again.
    :param computed: the number of results that no former run had stored.
    """

    values: Mapping[str, R]
    failures: Mapping[str, str]
    computed: int


class WorkerResult(NamedTuple):
    """The return value of a worker: the *text* of a result, or else a *problem*."""

    text: str
    problem: str = ""


def run(
    function: Callable[[A], str],
    tasks: Iterable[Task[A]],
    decode: Callable[[str], R],
    *,
    engine: Engine,
    cache: Cache,
    activity: str,
) -> Results[R]:
    """Return the results of *function* for *tasks*. Tasks with equal content are computed once.

    :param function: a function of a module, so that other processes find it. It returns a text,
        usually JSON, that depends on nothing but the content of the task and the code. If it
        raises :class:`~fep_tools.errors.FepError`, the task has failed with that message.
    :param decode: returns the value of a text. It raises :class:`ValueError` for one that
        *function* does not return: somebody else may have written to the cache.
    :param activity: what is done, as for :func:`fep_tools._progress.report`.
    :raises FepError: if the engine cannot run anything.
    """
    keys: dict[str, bytes] = {}
    arguments: dict[bytes, A] = {}
    for task in tasks:
        name, *content = function.__qualname__, *task.content
        keys[task.name] = _cache.key(code_identity(), function.__module__, name, *content)
        arguments.setdefault(keys[task.name], task.argument)
    values = _decoded(cache.get(arguments), decode)
    missing = {key: argument for key, argument in arguments.items() if key not in values}
    problems: dict[bytes, str] = {}

    def keep(results: Mapping[bytes, WorkerResult]) -> None:
        texts = {key: result.text for key, result in results.items() if not result.problem}
        cache.put(texts)
        values.update((key, decode(text)) for key, text in texts.items())
        problems.update((key, r.problem) for key, r in results.items() if r.problem)
        _progress.report(activity, len(values) + len(problems), len(arguments))

    if missing:
        _Run(function, missing, engine, keep).run()
    return Results(
        values={name: values[key] for name, key in keys.items() if key in values},
        failures={name: problems[key] for name, key in keys.items() if key in problems},
        computed=len(missing) - len(problems),
    )


def _decoded(texts: Mapping[bytes, str], decode: Callable[[str], R]) -> dict[bytes, R]:
    """Return the values of those *texts* that have one."""
    values: dict[bytes, R] = {}
    for key, text in texts.items():
        try:
            values[key] = decode(text)
        except ValueError:
            continue
    return values


@cached
def code_identity() -> str:
    """Return a digest of the code that computes results, equal on all machines that have it.

    The version of Python belongs to it: syntax trees differ.
    """
    package = Path(__file__).parents[1]
    files = sorted(file for pattern in _CODE for file in package.glob(pattern))
    parts = [f"{__version__} {sys.version_info[:2]}"]
    parts += [digest(file.read_bytes(), 16).hex() for file in files]
    return digest("\n".join(parts).encode(), 16).hex()


def call(identity: str, seconds: float, function: Callable[[A], str], argument: A) -> WorkerResult:
    """Call *function* in a worker, which may be on another machine. This never raises."""
    if identity != code_identity():
        return WorkerResult(
            "", "was not computed: a worker has another version of fep-tools or Python"
        )
    try:
        with time_limit(seconds):
            return WorkerResult(function(argument))
    except FepError as problem:
        return WorkerResult("", str(problem))
    except MemoryError:
        return WorkerResult("", "needs too much memory")
    except Exception as problem:
        return WorkerResult("", f"internal error: {type(problem).__name__}")


class _Run(Generic[A]):
    """One run on one engine.

    :param keep: takes results by key, a few at a time.
    """

    def __init__(
        self,
        function: Callable[[A], str],
        arguments: Mapping[bytes, A],
        engine: Engine,
        keep: Callable[[Mapping[bytes, WorkerResult]], None],
    ) -> None:
        self.function = function
        self.arguments = arguments
        self.engine = engine
        self.keep = keep
        self.executor: Executor
        self.in_flight: dict[Future[WorkerResult], bytes] = {}
        self.died: list[bytes] = []
        self.is_broken = False

    def run(self) -> None:
        """Compute everything."""
        self.executor = self.engine.open()
        completed = False
        try:
            suspects = self._compute(self.arguments, self.engine.width)
            for _attempt in range(ATTEMPTS):
                suspects = self._compute(suspects, 1)
            if suspects:
                self.keep({key: WorkerResult("", _DIED) for key in suspects})
            completed = True
        finally:
            # After Ctrl+C or an error, do not wait for tasks that are still running.
            self.engine.close(self.executor, wait=completed)

    def _compute(self, keys: Iterable[bytes], width: int) -> list[bytes]:
        """Compute the tasks *keys*, *width* at a time.

        :return: the keys of those that were running when a worker died.
        """
        waiting, self.died = deque(keys), []
        barren_breaks = 0
        while waiting or self.in_flight:
            while waiting and len(self.in_flight) < width and not self.is_broken:
                self._submit(waiting)
            done = wait(self.in_flight, return_when=FIRST_COMPLETED).done
            any_result = self._collect(done)
            if self.is_broken:  # then all others fail as well, if they have not ended before
                any_result |= self._collect(wait(self.in_flight).done)
                barren_breaks = 0 if any_result else barren_breaks + 1
                if barren_breaks > MAX_BARREN_BREAKS and width > 1:
                    raise FepError(f"{self.engine.name} end before they have computed anything")
                self._reopen()
            elif any_result:
                barren_breaks = 0
        return self.died

    def _submit(self, waiting: deque[bytes]) -> None:
        """Submit the first of the tasks *waiting*, unless the executor is broken."""
        key = waiting[0]
        argument, seconds = self.arguments[key], self.engine.seconds
        try:
            future = self.executor.submit(call, code_identity(), seconds, self.function, argument)
        except BrokenExecutor:
            self.is_broken = True
        else:
            self.in_flight[future] = waiting.popleft()

    def _collect(self, futures: Iterable[Future[WorkerResult]]) -> bool:
        """Keep the results of *futures*; return whether there is one."""
        results = {}
        for future in list(futures):
            key = self.in_flight.pop(future)
            try:
                results[key] = future.result()
            except self.engine.deaths as death:
                self.died.append(key)
                self.is_broken |= isinstance(death, BrokenExecutor)
            except Exception as problem:
                raise FepError(
                    f"{self.engine.name} cannot run tasks ({type(problem).__name__}); they must "
                    "be connected, and have this version of fep-tools"
                ) from problem
        if results:
            self.keep(results)
        return bool(results)

    def _reopen(self) -> None:
        self.engine.close(self.executor, wait=True)
        self.executor = self.engine.open()
        self.is_broken = False
