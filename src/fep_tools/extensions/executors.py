"""The engines that tasks can run on: threads, processes, or a Dask cluster.

Each is an executor of :mod:`concurrent.futures`, with limits and with what it raises when a worker
has died.
"""

from __future__ import annotations

import faulthandler
import os
import threading
from abc import ABC, abstractmethod
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor, Executor, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from multiprocessing import get_context, parent_process
from typing import Any, ClassVar

from .._text import safe
from ..errors import FepError

TASK_SECONDS = 400.0
"""How long a task may take in a worker process; usual are seconds. A download may take 300."""

TASK_MEMORY = 1024**3
"""Bytes of address space that a worker process may have. Not enforced on Windows."""


CONNECT_SECONDS = 10.0
"""How long a scheduler may take to answer."""


class Engine(ABC):
    """Opens and closes executors of one kind.

    *width* is the number of tasks that it gets at a time, *seconds* the time limit of each (0 for
    none), and *deaths* the exceptions of a task whose worker has died.
    """

    name: ClassVar[str]
    deaths: tuple[type[BaseException], ...] = (BrokenExecutor,)
    width: int
    seconds: float = 0.0

    @abstractmethod
    def open(self) -> Executor:
        """Return a new executor."""

    def close(self, executor: Executor, *, wait: bool) -> None:
        """End *executor*.

        :param wait: whether to wait for the tasks that are running.
        """
        executor.shutdown(wait=wait, cancel_futures=True)


class Threads(Engine):
    """Threads of this process, for tasks that wait for other programs."""

    name = "the threads"

    def __init__(self, jobs: int = 0) -> None:
        self.width = jobs or os.cpu_count() or 1

    def open(self) -> Executor:
        """Return a new executor."""
        return ThreadPoolExecutor(self.width)


class Processes(Engine):
    """Processes of this machine, with limits on time and memory.

    They import the main script of the program again, as :mod:`multiprocessing` does: a script
    that uses them needs an ``if __name__ == "__main__"`` guard.

    :param jobs: their number; 0 for one per core.
    """

    name = "the worker processes"

    def __init__(
        self, jobs: int = 0, seconds: float = TASK_SECONDS, memory: int = TASK_MEMORY
    ) -> None:
        self.jobs = jobs or os.cpu_count() or 1
        self.width = 2 * self.jobs  # so that no worker waits for its next task
        self.seconds = seconds
        self.memory = memory

    def open(self) -> Executor:
        """Return a new executor."""
        # A worker starts as "python -c", which would import a module of the current directory
        # in place of one of Python's own. That directory may be an untrusted repository.
        os.environ["PYTHONSAFEPATH"] = "1"
        return ProcessPoolExecutor(
            # Forked workers would share locks of other threads, and the terminal's progress bar.
            self.jobs, get_context("spawn"), initializer=_prepare_worker, initargs=(self.memory,)
        )  # fmt: skip


class Dask(Engine):
    """The workers of a Dask cluster, which have this version of fep-tools installed.

    Every program that can reach the scheduler of a cluster can run code on its workers, and their
    answers are unpickled here: connect to a cluster of your own. It sets the limits of memory.

    :param address: the address of its scheduler, such as ``tcp://10.0.0.1:8786``.
    :raises FepError: if ``distributed`` is not installed.
    """

    name = "the workers of the Dask cluster"

    def __init__(self, address: str) -> None:
        try:
            from distributed import KilledWorker
        except ImportError:
            raise FepError(
                "Dask is not installed; install it: pip install 'fep-tools[dask]'"
            ) from None
        self.address = address
        self.width = 1
        # The cluster itself tries the tasks of a worker that has died again, a few times.
        self.deaths = (BrokenExecutor, KilledWorker)
        self._client: Any = None

    def open(self) -> Executor:
        """Connect to the cluster.

        :raises FepError: if it does not answer, or has no workers.
        """
        from distributed import Client

        try:
            self._client = Client(self.address, timeout=CONNECT_SECONDS, set_as_default=False)
        except (OSError, ValueError) as problem:
            raise FepError(f"no Dask scheduler answers at {safe(self.address)}") from problem
        threads = sum(self._client.nthreads().values())
        if not threads:
            self._client.close()
            raise FepError(f"the Dask cluster at {safe(self.address)} has no workers")
        self.width = 2 * threads
        # Without "pure", a task that is submitted again would get its former error.
        executor: Executor = self._client.get_executor(pure=False)
        return executor

    def close(self, executor: Executor, *, wait: bool) -> None:
        """Disconnect; tasks that are running are cancelled unless *wait*."""
        executor.shutdown(wait=wait)
        self._client.close()


def _prepare_worker(memory: int) -> None:
    """Limit the memory of this worker process, and end it with its parent."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    with suppress(ImportError, ValueError, OSError):
        import resource  # not on Windows
        import signal

        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the parent's to handle
        _soft, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (memory, hard))


def _end_with_parent() -> None:
    """Wait for the end of the parent process, and end this one.

    A worker waits for its next task at a pipe that it holds open itself, so it would stay for
    ever if its parent was killed.
    """
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """End this process if the block takes more than *seconds*; 0 for no limit.

    It ends even within an operation of the interpreter that never returns, such as parsing an
    endless expression.
    """
    if not seconds:
        yield
        return
    with open(os.devnull, "w") as traceback:
        faulthandler.dump_traceback_later(seconds, exit=True, file=traceback)
        try:
            yield
        finally:
            faulthandler.cancel_dump_traceback_later()
