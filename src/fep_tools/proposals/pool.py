"""Parse bodies in worker processes, with limits on time and memory.

Docutils can be made to run for minutes, or out of memory, by a text that was written for it.
So each body is parsed in another process, which is killed when it exceeds its limits: that is
one problem of one body. It never ends the run. See docs/security.rst, *sec-limits*.

A worker is a Python program of its own, not a :mod:`multiprocessing` process: those import the
caller's main script again, which runs a script without an ``if __name__ == "__main__"`` guard
once for each worker, and fails where the script came from standard input.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import as_completed, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from threading import Event, Lock, Timer
from typing import IO, Self

from .body import Body, IncludedFile, unparsable
from .vocabulary import Vocabulary
from .worker import READY, receive, send

START_SECONDS = 60.0
"""How long a worker may take until it begins to read; 0.3 seconds is usual."""

HAS_TIMER = hasattr(signal, "setitimer")
"""True if the system counts the processor time of a worker, and ends it; Windows does not."""

PATIENCE = 10 if HAS_TIMER else 1
"""How many times its limit a body may take by the clock, waiting for a processor included.

What is parsed on a busy machine must be what is parsed on a quiet one.
"""

SECONDS_OF_ALL, SECONDS_PER_BODY = 60.0, 0.5
"""How much processor time the bodies of one call may take together: some, and more for each.

The PEPs take 0.02 seconds each. Without this limit, a thousand bodies that each take a little less
than is allowed for one would keep a machine busy for hours.
"""

LARGEST_ANSWER = 64 * 1024 * 1024
"""The largest accepted facts of one body, in bytes; the largest PEP's have 40 KB."""

BODIES_PER_WORKER = 8
"""How many bodies make it worthwhile to start another worker."""

_ROOT = str(Path(__file__).parents[2])

# The program finds this package where the caller found it, even if a script has extended
# sys.path for it. It comes last, so that nothing beside it hides a module of Python's own.
_PROGRAM = (
    "import sys; sys.path.append(sys.argv[1]); "
    "from fep_tools.proposals.worker import main; main(int(sys.argv[2]), float(sys.argv[3]))"
)


@dataclass(frozen=True)
class WorkerLimits:
    """Limits on parsing one body.

    The slowest PEP takes 0.7 seconds, and all of them together 120 MB.

    :param seconds: Processor time; wall time where the system cannot limit that.
    :param memory: Address space in bytes. Not enforced on Windows.
    """

    seconds: float = 10.0
    memory: int = 1024 * 1024 * 1024


class EarlyWorkers:
    """Workers that start while the caller finds out which bodies they are to parse.

    A worker imports docutils, which takes as long as reading the headers of a thousand
    proposals. At the end of the block, those that were not needed are ended.
    """

    def __init__(self) -> None:
        self._workers: list[subprocess.Popen[bytes]] = []

    def start(self, bodies: int, jobs: int = 0) -> None:
        """Start workers.

        :param bodies: How many bodies may have to be parsed.
        :param jobs: The largest number of workers; 0 for one per core.
        """
        with suppress(OSError):  # then it is tried again for the first body
            self._workers += [_start_worker(WorkerLimits()) for _ in range(_width(bodies, jobs))]

    def take(self) -> subprocess.Popen[bytes] | None:
        """Return one of the workers, which is the caller's to end; ``None`` if none is left."""
        while self._workers:
            worker = self._workers.pop()
            if worker.poll() is None:
                return worker
            _end_worker(worker)
        return None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            _end_worker(worker)


def _width(bodies: int, jobs: int) -> int:
    """Return the number of workers for so many bodies."""
    most = -(-bodies // BODIES_PER_WORKER)  # rounded up
    return max(1, min(jobs or os.cpu_count() or 1, most))


def read_bodies(
    texts: Sequence[str],
    vocabulary: Vocabulary,
    jobs: int = 0,
    limits: WorkerLimits | None = None,
    files: Sequence[Sequence[IncludedFile]] = (),
    early: EarlyWorkers | None = None,
) -> Iterator[tuple[int, Body]]:
    """Parse bodies in parallel, and yield each as soon as it is ready.

    :param texts: Texts of proposals, with their header lines emptied.
    :param jobs: The largest number of workers; 0 for one per core.
    :param files: The files that each of them includes. Default: none does.
    :param early: Workers that were started before, with the default limits.
    :return: Pairs of an index into *texts* and the facts of that body.
    """
    if not texts:
        return
    jobs = _width(len(texts), jobs)
    readers = [BodyReader(vocabulary, limits, early) for _ in range(jobs)]
    idle: SimpleQueue[BodyReader] = SimpleQueue()
    for reader in readers:
        idle.put(reader)

    limit = SECONDS_OF_ALL + SECONDS_PER_BODY * len(texts)

    def read(index: int) -> tuple[int, Body]:
        reader = idle.get()
        try:
            if sum(each.seconds for each in readers) > limit:
                return index, unparsable("is not parsed, since all texts together take too long")
            return index, reader.read(texts[index], files[index] if files else ())
        finally:
            idle.put(reader)

    # A thread does nothing but wait for its worker, so there are as many of them as workers.
    try:
        with ThreadPoolExecutor(jobs) as threads:
            try:
                futures = {threads.submit(read, index) for index in range(len(texts))}
                for future in as_completed(futures):
                    yield future.result()
            finally:  # a caller that stops early, or an interrupt, waits for no body
                threads.shutdown(wait=False, cancel_futures=True)
                for reader in readers:
                    reader.cancel()
    finally:
        for reader in readers:
            reader.stop()


class BodyReader:
    """A worker process that parses one body after the other.

    The process is started for the first body, and again after it has failed or was stopped.

    :ivar seconds: The processor time that all bodies have taken.
    """

    def __init__(
        self,
        vocabulary: Vocabulary,
        limits: WorkerLimits | None = None,
        early: EarlyWorkers | None = None,
    ) -> None:
        self._vocabulary = vocabulary
        self._early = early or EarlyWorkers()
        self.seconds = 0.0
        self._limits = limits or WorkerLimits()
        self._worker: subprocess.Popen[bytes] | None = None
        self._is_cancelled = False
        self._lock = Lock()

    def read(self, text: str, files: Sequence[IncludedFile] = ()) -> Body:
        """Return the facts of *text*, or a single problem if the worker fails.

        :param files: The files that it includes.
        """
        expired = Event()
        try:
            worker = self._running_worker(expired)
            with _time_limit(self._limits.seconds * PATIENCE, worker, expired):
                send(_pipe(worker.stdin), json.dumps([text, files]))
                answers = _pipe(worker.stdout)
                self.seconds += float(receive(answers, LARGEST_ANSWER))
                body = Body.load(receive(answers, LARGEST_ANSWER))
            if body.is_unparsable:
                # The worker has answered, but it may have little memory left, and docutils may be
                # in any state: the next body gets a new one.
                self.stop()
            return body
        except (EOFError, OSError, ValueError):
            failed = self._worker
            self.seconds += self._limits.seconds
            self.stop()
        if expired.is_set() or (failed and HAS_TIMER and failed.returncode == -signal.SIGPROF):
            return unparsable("takes too long to parse")
        return unparsable("cannot be parsed within the limits of time and memory")

    def _running_worker(self, expired: Event) -> subprocess.Popen[bytes]:
        if self._worker is not None and self._worker.poll() is None:
            return self._worker
        self.stop()
        with self._lock:  # or cancel() could miss a worker that is starting
            if self._is_cancelled:
                raise EOFError
            self._worker = worker = self._early.take() or _start_worker(self._limits)
        with _time_limit(START_SECONDS, worker, expired):
            send(_pipe(worker.stdin), self._vocabulary.to_json())
            while (line := _pipe(worker.stdout).readline(len(READY))) != READY:
                if not line:
                    raise EOFError
        return worker

    def cancel(self) -> None:
        """End the process for good; a :meth:`read` in another thread ends at once."""
        with self._lock:
            self._is_cancelled = True
            if self._worker is not None:
                self._worker.kill()

    def stop(self) -> None:
        """End the process, and close what belongs to it."""
        worker, self._worker = self._worker, None
        if worker is not None:
            _end_worker(worker)


def _start_worker(limits: WorkerLimits) -> subprocess.Popen[bytes]:
    # -P: a module of the current directory, which may be an untrusted repository, is not
    # imported in place of one of Python's own.
    arguments = (str(limits.memory), str(limits.seconds))
    command = [sys.executable, "-P", "-c", _PROGRAM, _ROOT, *arguments]
    # A group of its own: Ctrl-C in a terminal reaches all processes of a group, and one that is
    # still starting would print a traceback. Windows has no such groups.
    group = None if os.name == "nt" else 0
    return subprocess.Popen(  # noqa: S603 - our own program
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, process_group=group
    )


def _end_worker(worker: subprocess.Popen[bytes]) -> None:
    """End the process, and close what belongs to it."""
    worker.kill()
    worker.wait()
    for pipe in (worker.stdin, worker.stdout):
        with suppress(OSError):  # flushing a text that was not sent fails
            _pipe(pipe).close()


@contextmanager
def _time_limit(seconds: float, worker: subprocess.Popen[bytes], expired: Event) -> Iterator[None]:
    """Kill *worker* after *seconds*, and set *expired*, unless the block has ended by then."""

    def expire() -> None:
        expired.set()
        worker.kill()

    timer = Timer(seconds, expire)
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _pipe(stream: IO[bytes] | None) -> IO[bytes]:
    assert stream is not None  # each worker is started with pipes
    return stream
