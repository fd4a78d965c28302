"""Do work in several processes that are forked, as Sphinx's ``ParallelTasks`` does.

Each process does one share after the other, and is not forked anew for each.
"""

from __future__ import annotations

import gc
import multiprocessing
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any

from sphinx.errors import SphinxParallelError
from sphinx.util import logging

from .._garbage import search_rarely
from ..errors import FepError, RepositoryError
from .reading import in_background

logger = logging.getLogger(__name__)


def nothing() -> None:
    """Do nothing."""


def run_in_processes(
    shares: Sequence[Any],
    queues: Sequence[Iterable[int]],
    work: Callable[[Any], Any],
    keep: Callable[[Any, Any], None],
    finish: Callable[[], Any],
    beside: Callable[[], None] = nothing,
) -> list[Any]:
    """Fork processes that do the *work* on one share after the other.

    :param queues: For each process, the indexes of its shares; one iterator may be that of all.
    :param keep: Called in this process with a share and the result of the work on it.
    :param finish: Called at the end of each process.
    :param beside: Called in this process once the others have work. It runs in a thread that
        starts after them: a lock that it holds would be held for ever in a process forked then.
    :return: What *finish* has returned in each process.
    :raises OSError: A process has failed with one.
    :raises RepositoryError: A process has failed with an error that people can correct.
    :raises SphinxParallelError: A process has failed in another way.
    """
    context = multiprocessing.get_context("fork")
    busy: dict[Connection, _Worker] = {}
    with _frozen_objects():
        for number, queue in enumerate(queues):
            pipe, other = context.Pipe()
            ours = [*busy, pipe]
            process = context.Process(target=_serve, args=(other, ours, shares, work, finish))
            process.start()
            other.close()
            busy[pipe] = _Worker(number, process, iter(queue))
    try:
        for pipe, worker in busy.items():
            worker.send_next(pipe)
        with in_background(beside) as result_of_work_beside:
            finished = _keep_results(busy, shares, keep)
            result_of_work_beside()
    finally:
        for worker in busy.values():
            # Not terminate(): a handler of the caller may make an interrupt of SIGTERM, which is
            # lost where Python cannot raise it, in a callback of the garbage collection.
            worker.process.kill()
            worker.process.join()
    return [finished[number] for number in sorted(finished)]


def _keep_results(
    busy: dict[Connection, _Worker], shares: Sequence[Any], keep: Callable[[Any, Any], None]
) -> dict[int, Any]:
    """Keep the results of all shares, and return what each process has returned at its end."""
    finished: dict[int, Any] = {}
    while busy:
        ready = wait(list(busy))
        for pipe in [pipe for pipe in busy if pipe in ready]:
            worker = busy[pipe]
            result = _receive(pipe)
            if worker.share is None:
                finished[worker.number] = result
                del busy[pipe]
                worker.process.join()
                continue
            share = shares[worker.share]
            worker.send_next(pipe)
            keep(share, result)
    return finished


@dataclass
class _Worker:
    """A process that was forked.

    :param share: The index of the share that it has; ``None`` if none is left.
    """

    number: int
    process: BaseProcess
    queue: Iterator[int]
    share: int | None = None

    def send_next(self, pipe: Connection) -> None:
        """Send the index of the next share to the process, or ``None`` to end it."""
        self.share = next(self.queue, None)
        with suppress(OSError):  # it has ended, and this is an error when its result is read
            pipe.send(self.share)


def _receive(pipe: Connection) -> Any:
    """Return the next result of a process, and log its messages."""
    try:
        failure, records, result = pipe.recv()
    except (EOFError, OSError):
        raise SphinxParallelError("a process ended before its work was done", "") from None
    if failure:
        raise failure
    for record in records:
        logger.handle(record)
    return result


def _serve(
    pipe: Connection,
    ends_of_parent: Sequence[Connection],
    shares: Sequence[Any],
    work: Callable[[Any], Any],
    finish: Callable[[], Any],
) -> None:
    """Do the work on each share whose index comes, until ``None``, a failure or an interrupt.

    The end of the parent is the end of the pipe.

    :param ends_of_parent: The other ends of the pipes, of which a forked process has copies.
    """
    for end in ends_of_parent:
        end.close()  # or the pipe would not end with the parent
    search_rarely()
    share: int | None = 0
    with suppress(EOFError, KeyboardInterrupt, OSError):
        while share is not None:
            share = pipe.recv()
            collector = logging.LogCollector()
            failure: Exception | None = None
            try:
                with collector.collect():
                    result = finish() if share is None else work(shares[share])
            except OSError as error:  # such as for a full disk, of which the caller can say more
                failure = OSError(error.errno, error.strerror, error.filename2 or error.filename)
                result = share = None
            except FepError as error:
                failure = RepositoryError(str(error))
                result = share = None
            except BaseException as error:
                message = traceback.format_exception_only(error.__class__, error)[0].strip()
                failure = SphinxParallelError(message, traceback.format_exc())
                result = share = None
            logging.convert_serializable(collector.logs)
            pipe.send((failure, collector.logs, result))
            gc.collect()  # also what was in use at the end of a page, such as the tree of its title
            gc.freeze()  # what is left is needed until the end


@contextmanager
def _frozen_objects() -> Iterator[None]:
    """Keep what there is from the garbage collection of processes that are forked in this block.

    To look at an object is to write to its memory, which would then be copied.
    """
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
