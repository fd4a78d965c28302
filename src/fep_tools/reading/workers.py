"""Bodies read in processes of their own, with limits of time and memory (SEC-D4).

Whatever happens to a worker is one fact about one body: it never ends the run, and it never
touches another body.
"""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.connection import wait
from typing import Any

from ..body import Body
from ..body import Place
from ..body import Problem
from ..body import Vocabulary

SECONDS = 10.0
"""Wall time for one body; the slowest PEP takes 0.7."""

MEMORY = 1024 * 1024 * 1024
"""Bytes of address space for one worker, where the system can limit it."""

_context = get_context("spawn")


def read_bodies(
    texts: Sequence[str], vocabulary: Vocabulary, jobs: int = 0, seconds: float = SECONDS
) -> Iterator[tuple[int, Body]]:
    """The index and the facts of each of *texts*, in the order in which they get ready."""
    jobs = max(1, min(jobs or os.cpu_count() or 1, (len(texts) + 7) // 8))
    waiting = deque(range(len(texts)))
    workers = [_Worker.start(vocabulary) for _ in range(jobs)] if texts else []
    try:
        for worker in workers:
            worker.give(waiting, texts, seconds)
        while busy := [worker for worker in workers if worker.index is not None]:
            for worker in _ready(busy):
                index, body = worker.take()
                if not worker.process.is_alive() or worker.failed:
                    worker.restart(vocabulary)
                worker.give(waiting, texts, seconds)
                yield index, body
    finally:
        for worker in workers:
            worker.stop()


def _ready(busy: list[_Worker]) -> list[_Worker]:
    """The workers that have an answer, or whose time is over."""
    left = max(0.0, min(worker.deadline for worker in busy) - time.monotonic())
    heard = wait([worker.pipe for worker in busy], left)
    now = time.monotonic()
    return [w for w in busy if w.pipe in heard or w.deadline <= now]


@dataclass
class _Worker:
    """One process and the body it has at the moment."""

    process: Any
    pipe: Connection
    index: int | None = None
    deadline: float = 0.0
    failed: bool = False

    @classmethod
    def start(cls, vocabulary: Vocabulary) -> _Worker:
        ours, theirs = _context.Pipe()
        process = _context.Process(target=_work, args=(theirs, vocabulary), daemon=True)
        process.start()
        theirs.close()
        return cls(process, ours)

    def restart(self, vocabulary: Vocabulary) -> None:
        self.stop()
        fresh = self.start(vocabulary)
        self.process, self.pipe, self.failed = fresh.process, fresh.pipe, False

    def give(self, waiting: deque[int], texts: Sequence[str], seconds: float) -> None:
        self.index = waiting.popleft() if waiting else None
        if self.index is None:
            return
        self.deadline = time.monotonic() + seconds
        try:
            self.pipe.send_bytes(texts[self.index].encode("utf-8", "surrogatepass"))
        except OSError:
            self.failed = True

    def take(self) -> tuple[int, Body]:
        """What became of the body it has."""
        assert self.index is not None
        if not self.pipe.poll() and self.process.is_alive():
            self.failed = True
            return self.index, _lost("takes too long to read")
        try:
            return self.index, Body.load(self.pipe.recv_bytes().decode("utf-8", "surrogatepass"))
        except (EOFError, OSError, ValueError):
            self.failed = True
            return self.index, _lost("cannot be read: the parser needs too much memory or time")

    def stop(self) -> None:
        self.pipe.close()
        if self.process.is_alive():
            self.process.kill()
        self.process.join()
        self.process.close()


def _lost(message: str) -> Body:
    return Body(problems=(Problem("crash", "", message, Place(1, 1, 1, 1)),))


def _work(pipe: Connection, vocabulary: Vocabulary) -> None:
    """The life of a worker: a text in, facts out, until the pipe closes."""
    _limit_memory()
    from .. import markup

    while True:
        try:
            text = pipe.recv_bytes().decode("utf-8", "surrogatepass")
        except (EOFError, OSError, KeyboardInterrupt):
            return
        try:
            body = markup.read(text, vocabulary)
        except RecursionError:
            body = _lost("is nested too deeply")
        except MemoryError:
            body = _lost("needs too much memory to read")
        except KeyboardInterrupt:
            return
        except Exception as problem:  # whatever docutils raises is about this text alone
            body = _lost(f"cannot be parsed: docutils fails with {type(problem).__name__}")
        pipe.send_bytes(body.dump().encode("utf-8", "surrogatepass"))


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # pragma: no cover - Windows has no such limits
        return
    _soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    limit = MEMORY if hard == resource.RLIM_INFINITY else min(MEMORY, hard)
    resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
