"""Bodies read in processes of their own, with limits of time and memory (SEC-D4).

Whatever happens to a worker is one fact about one body: it never ends the run, and it never
touches another body.
"""

from __future__ import annotations

import gc
import os
import signal
import time
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from threading import Lock
from typing import Any

from .body import Body, unparsable, Vocabulary

START = 60.0
"""Seconds that a worker may take before it begins to read; one takes 0.3."""

LARGEST_ANSWER = 64 * 1024 * 1024
"""Bytes that the facts of one body may take; the largest PEP's take 40 KB."""

_READY = b""
_SAFE = "PYTHONSAFEPATH"
_environment = Lock()
_context = get_context("spawn")


@dataclass(frozen=True)
class ReaderLimits:
    """What one body may cost: *seconds* of wall time, *memory* in bytes of address space.

    The slowest PEP takes 0.7 seconds, and all of them together 120 MB. Where the system knows
    no limits of memory, time is the only one.
    """

    seconds: float = 10.0
    memory: int = 1024 * 1024 * 1024


def read_bodies(
    texts: Sequence[str], vocabulary: Vocabulary, jobs: int = 0, limits: ReaderLimits | None = None
) -> Iterator[tuple[int, Body]]:
    """The index and the facts of each of *texts*, in the order in which they get ready."""
    limits = limits or ReaderLimits()
    jobs = max(1, min(jobs or os.cpu_count() or 1, (len(texts) + 7) // 8))
    waiting = deque(range(len(texts)))
    workers = [_Worker(vocabulary, limits) for _ in range(jobs)] if texts else []
    try:
        for worker in workers:
            worker.give(waiting, texts)
        while busy := [worker for worker in workers if worker.index is not None]:
            for worker in _heard(busy):
                if worker.begins():
                    continue
                index, body = worker.take()
                worker.give(waiting, texts)
                yield index, body
    finally:
        for worker in workers:
            worker.stop()


class Reader:
    """One worker that stays, for whoever reads a body again and again while it is written."""

    def __init__(self, vocabulary: Vocabulary, limits: ReaderLimits | None = None) -> None:
        self._vocabulary = vocabulary
        self._limits = limits or ReaderLimits()
        self._worker: _Worker | None = None

    def read(self, text: str) -> Body:
        """The facts of *text*."""
        if self._worker is None:
            self._worker = _Worker(self._vocabulary, self._limits)
        worker = self._worker
        worker.give(deque([0]), [text])
        while not (heard := _heard([worker])) or heard[0].begins():
            continue
        return worker.take()[1]

    def stop(self) -> None:
        """End the worker; another text makes another."""
        if self._worker is not None:
            self._worker.stop()
            self._worker = None


def _heard(busy: list[_Worker]) -> list[_Worker]:
    """The workers that have said something, or whose time is over."""
    left = max(0.0, min(worker.deadline for worker in busy) - time.monotonic())
    heard = wait([worker.pipe for worker in busy], left)
    now = time.monotonic()
    return [w for w in busy if w.pipe in heard or w.deadline <= now]


class _Worker:
    """One process and the body it has at the moment."""

    process: Any
    pipe: Connection

    def __init__(self, vocabulary: Vocabulary, limits: ReaderLimits) -> None:
        self._vocabulary = vocabulary
        self._limits = limits
        self.index: int | None = None
        self._start()

    def _start(self) -> None:
        self.pipe, theirs = _context.Pipe()
        work = (theirs, self._vocabulary, self._limits.memory)
        self.process = _context.Process(target=_work, args=work, daemon=True)
        with _own_modules_only():
            self.process.start()
        theirs.close()
        self.ready = self.failed = False

    def give(self, waiting: deque[int], texts: Sequence[str]) -> None:
        """The next body, if there is one; to a new process, if this one is of no use."""
        self.index = waiting.popleft() if waiting else None
        if self.index is None:
            return
        if self.failed or not self.process.is_alive():
            self.stop()
            self._start()
        self.deadline = time.monotonic() + (self._limits.seconds if self.ready else START)
        try:
            self.pipe.send_bytes(texts[self.index].encode("utf-8", "surrogatepass"))
        except OSError:
            self.failed = True

    def begins(self) -> bool:
        """Whether all that it said is that it begins to read; its time counts from here."""
        if self.ready or not self.pipe.poll():
            return False
        try:
            self.ready = self.pipe.recv_bytes() == _READY
        except (EOFError, OSError):
            return False
        self.deadline = time.monotonic() + self._limits.seconds
        return True

    def take(self) -> tuple[int, Body]:
        """What became of the body it has."""
        assert self.index is not None
        if not self.pipe.poll() and self.process.is_alive():
            self.failed = True
            return self.index, unparsable("takes too long to be read")
        try:
            answer = self.pipe.recv_bytes(LARGEST_ANSWER)
            return self.index, Body.load(answer.decode("utf-8", "surrogatepass"))
        except (EOFError, OSError, ValueError):
            self.failed = True
            return self.index, unparsable(
                "cannot be read: the parser needs too much memory or time"
            )

    def stop(self) -> None:
        """End the process, whatever it is doing."""
        self.pipe.close()
        if self.process.is_alive():
            self.process.kill()
        self.process.join()
        self.process.close()


def _work(pipe: Connection, vocabulary: Vocabulary, memory: int) -> None:
    """The life of a worker: a text in, facts out, until the pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started it ends it
    _limit_memory(memory)
    with suppress(EOFError, OSError, MemoryError):
        from . import rst

        gc.freeze()  # what was imported is there to stay, and is not looked through again
        gc.set_threshold(10_000, 10, 10)  # a tree is large, and garbage only once it is read
        pipe.send_bytes(_READY)
        while True:
            text = pipe.recv_bytes().decode("utf-8", "surrogatepass")
            body = rst.read_safely(text, vocabulary)
            pipe.send_bytes(body.dump().encode("utf-8", "surrogatepass"))


@contextmanager
def _own_modules_only() -> Iterator[None]:
    """While this lasts, a new Python imports nothing from the folder that it starts in.

    That may be a stranger's checkout, with a ``multiprocessing`` of its own in it.
    """
    with _environment:
        before = os.environ.get(_SAFE)
        os.environ[_SAFE] = "1"
        try:
            yield
        finally:
            if before is None:
                del os.environ[_SAFE]
            else:
                os.environ[_SAFE] = before


def _limit_memory(memory: int) -> None:
    try:
        import resource
    except ImportError:  # pragma: no cover - Windows has no such limits
        return
    _soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    limit = memory if hard == resource.RLIM_INFINITY else min(memory, hard)
    resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
