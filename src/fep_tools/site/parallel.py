"""Read and write pages in several processes.

Sphinx forks a process for each share of the pages, and merges what it has read as soon as it ends.
Each process that is forked later has the pages before in its environment, and sends all of them
back with its own: of 10,000 pages, each is sent twenty times. Each process also makes its own
caches: of lexers, settings and templates. Here there are as many processes as jobs, which take one
share after the other, have no page but their own, and send what they have read at their end.

Before Sphinx forks a process to write pages, it resolves their links in the first process, which
keeps all trees. Here that is part of the work of the others.
"""

from __future__ import annotations

import gc
import multiprocessing
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.connection import Connection, wait
from typing import Any, TYPE_CHECKING

from sphinx import version_info
from sphinx.errors import SphinxParallelError
from sphinx.util import logging
from sphinx.util.parallel import make_chunks

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.builders.html import StandaloneHTMLBuilder
    from sphinx.environment import BuildEnvironment

PAGES_READ, PAGES_WRITTEN = "fep-pages-read", "fep-pages-written"
"""The events that a process has read or written pages; their argument is their names."""

logger = logging.getLogger(__name__)


def read_in_processes(app: Sphinx, builder: Builder, pages: Sequence[str], jobs: int) -> None:
    """Read *pages*, as Sphinx's ``Builder._read_parallel`` does.

    :param jobs: The number of processes at a time.
    """
    env, events = builder.env, builder.events
    for page in pages:
        events.emit("env-purge-doc", env, page)
        env.clear_doc(page)

    def read(share: list[str]) -> None:
        for page in share:
            builder.read_doc(page, _cache=False)

    def finish() -> BuildEnvironment:
        # It knows all pages, so that with each process a table of all of them would be sent.
        env.project = None  # type: ignore[assignment]
        return env

    def keep(share: list[str], _none: None) -> None:
        events.emit(PAGES_READ, share)

    shares = make_chunks(pages, jobs)
    readers = run_in_processes(shares, read, keep, finish, jobs)
    for share, environment in zip(shares, readers, strict=True):  # so the result is always the same
        env.merge_info_from(share, environment, app)


def write_in_processes(builder: StandaloneHTMLBuilder, pages: Sequence[str], jobs: int) -> None:
    """Write *pages*, as Sphinx's ``Builder._write_parallel`` does.

    :param jobs: The number of processes at a time.
    """

    # Not Builder._write_serial, which in another process would send each warning twice.
    options: dict[str, Any] = {"tags": builder.tags} if version_info >= (9,) else {}

    def write(share: Sequence[str]) -> dict[str, str]:
        for page in share:
            tree = builder.env.get_and_resolve_doctree(page, builder, **options)
            builder.write_doc_serialized(page, tree)
            builder.write_doc(page, tree)
        return builder.images  # which are copied at the end

    def keep(share: Sequence[str], images: dict[str, str]) -> None:
        builder.images.update(images)
        builder.events.emit(PAGES_WRITTEN, share)

    # The first page fills the caches of the processes that are forked then.
    write(pages[:1])
    run_in_processes(make_chunks(pages[1:], jobs), write, keep, lambda: None, jobs)


def run_in_processes(
    shares: Sequence[Any],
    work: Callable[[Any], Any],
    keep: Callable[[Any, Any], None],
    finish: Callable[[], Any],
    jobs: int,
) -> list[Any]:
    """Fork processes that do the *work* on one share after the other.

    :param keep: Called in this process with a share and the result of the work on it.
    :param finish: Called at the end of each process.
    :return: For each share, what *finish* has returned in the process that had it.
    :raises SphinxParallelError: A process has failed.
    """
    waiting = iter(range(len(shares)))
    busy: dict[Connection, tuple[Any, int | None]] = {}  # process, and its share
    taken: dict[Connection, list[int]] = {}
    finished: dict[int, Any] = {}
    context = multiprocessing.get_context("fork")
    with _frozen_objects():
        for _ in range(min(jobs, len(shares))):
            pipe, other = context.Pipe()
            process = context.Process(target=_serve, args=(other, shares, work, finish))
            process.start()
            other.close()
            busy[pipe], taken[pipe] = (process, None), []
    try:
        for pipe, (process, _share) in list(busy.items()):
            busy[pipe] = process, _next_share(pipe, waiting)
        while busy:
            ready = wait(list(busy))
            for pipe in [pipe for pipe in busy if pipe in ready]:
                process, share = busy[pipe]
                result = _receive(pipe)
                if share is None:
                    finished |= dict.fromkeys(taken[pipe], result)
                    del busy[pipe]
                    process.join()
                    continue
                taken[pipe].append(share)
                busy[pipe] = process, _next_share(pipe, waiting)
                keep(shares[share], result)
    finally:
        for process, _share in busy.values():
            process.terminate()
            process.join()
    return [finished[index] for index in range(len(shares))]


def _next_share(pipe: Connection, waiting: Iterator[int]) -> int | None:
    """Send the number of the next share to a process, or ``None`` to end it."""
    share = next(waiting, None)
    pipe.send(share)
    return share


def _receive(pipe: Connection) -> Any:
    """Return the next result of a process, and log its messages."""
    try:
        error, records, result = pipe.recv()
    except EOFError:
        raise SphinxParallelError("a process ended before its work was done", "") from None
    if error:
        raise SphinxParallelError(*result)
    for record in records:
        logger.handle(record)
    return result


def _serve(
    pipe: Connection, shares: Sequence[Any], work: Callable[[Any], Any], finish: Callable[[], Any]
) -> None:
    """Do the work on each share whose number comes, until ``None`` or the end of the parent."""
    share: int | None = 0
    while share is not None:
        try:
            share = pipe.recv()
        except EOFError:
            return
        collector = logging.LogCollector()
        is_failed = False
        try:
            with collector.collect():
                result = finish() if share is None else work(shares[share])
        except BaseException as error:
            is_failed = True
            message = traceback.format_exception_only(error.__class__, error)[0].strip()
            result = message, traceback.format_exc()
        logging.convert_serializable(collector.logs)
        pipe.send((is_failed, collector.logs, result))


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
