"""Read and write pages in several processes.

Sphinx forks a process for each share of the pages, and merges what it has read as soon as it ends.
Each process that is forked later has the pages before in its environment, and sends all of them
back with its own: of 10,000 pages, each is sent twenty times. Each process also makes its own
caches: of lexers, settings and templates. Here there are as many processes as jobs, which do one
share after the other, have no page but their own, and send what they have read at their end.

Before Sphinx forks a process to write pages, it resolves their links in the first process, which
keeps all trees. Here that is part of the work of the others.
"""

from __future__ import annotations

import gc
import multiprocessing
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import accumulate, pairwise
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, TYPE_CHECKING

from sphinx import version_info
from sphinx.errors import SphinxParallelError
from sphinx.util import logging
from sphinx.util.parallel import make_chunks, parallel_available

from .._garbage import free_trees, search_rarely
from .reading import in_background
from .stored_tocs import StoredTocs

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.builders.html import StandaloneHTMLBuilder
    from sphinx.environment import BuildEnvironment

PAGES_READ, PAGES_WRITTEN = "fep-pages-read", "fep-pages-written"
"""The events that a process has read or written pages; their argument is their names."""

FEW_PAGES = 5
"""How many pages Sphinx reads and writes in one process."""

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
            free_trees()

    def finish() -> BuildEnvironment:
        # It knows all pages, so that with each process a table of all of them would be sent.
        env.project = None  # type: ignore[assignment]
        return env

    def keep(share: list[str], _none: None) -> None:
        events.emit(PAGES_READ, share)

    sizes = {page: _size(Path(env.doc2path(page))) for page in pages}
    # Each process has fixed pages, so that the result is always the same.
    groups = divide(sizes, jobs)
    shares: list[list[str]] = []
    queues = []
    for group in groups:
        parts = make_chunks(group, jobs)
        queues.append(range(len(shares), len(shares) + len(parts)))
        shares += parts
    environments = run_in_processes(shares, queues, read, keep, finish)
    for group in groups:
        other = environments.pop(0)
        if isinstance(other.tocs, StoredTocs):
            other.tocs = other.tocs.data
        _report_labels_on_two_pages(env, other, set(group))
        env.merge_info_from(group, other, app)


def _report_labels_on_two_pages(
    env: BuildEnvironment, other: BuildEnvironment, pages: Set[str]
) -> None:
    """Warn of labels that are merged over others, as Sphinx does where it reads both pages.

    :param other: What another process has read.
    :param pages: The pages that it has read.
    """
    known, added = (each.domaindata["std"]["labels"] for each in (env, other))
    for name, (page, *_) in added.items():
        if page in pages and name in known:
            path = env.doc2path(known[name][0])
            message = "duplicate label %s, other instance in %s"
            logger.warning(message, name, path, location=page)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:  # Sphinx says so when it reads the page
        return 0


def divide(sizes: Mapping[str, int], count: int) -> list[list[str]]:
    """Return groups of pages that take about as long, at most *count*, one after the other.

    In the order of their names, since what is merged last counts: of two labels of the same name,
    or of two images, whose copy gets the name.

    :param sizes: The sizes of the texts of pages.
    """
    pages = sorted(sizes)
    ends = [*accumulate(sizes[page] for page in pages)]
    shares = (ends[-1] * number / count for number in range(1, count)) if pages else ()
    # Where the sum of the sizes comes nearest to a share of all.
    cuts = [min(range(len(pages)), key=lambda n: abs(ends[n] - share)) + 1 for share in shares]
    groups = (pages[first:last] for first, last in pairwise([0, *cuts, len(pages)]))
    return [group for group in groups if group]


def write_in_processes(
    builder: StandaloneHTMLBuilder, pages: Sequence[str], jobs: int, beside: Callable[[], None]
) -> None:
    """Write *pages*, as Sphinx's ``Builder._write_parallel`` does, and do something *beside*.

    :param jobs: The number of processes at a time.
    """

    # Not Builder._write_serial, which in another process would send each warning twice.
    options: dict[str, Any] = {"tags": builder.tags} if version_info >= (9,) else {}

    def write(share: Sequence[str]) -> dict[str, str]:
        for page in share:
            tree = builder.env.get_and_resolve_doctree(page, builder, **options)
            builder.write_doc_serialized(page, tree)
            builder.write_doc(page, tree)
            del tree
            free_trees()
        return builder.images  # which are copied at the end

    def keep(share: Sequence[str], images: dict[str, str]) -> None:
        builder.images.update(images)
        builder.events.emit(PAGES_WRITTEN, share)

    # The first page fills the caches of the processes that are forked then.
    write(pages[:1])
    share_pages(pages[1:], write, keep, jobs, beside)


def _nothing() -> None:
    """Do nothing."""


def share_pages(
    pages: Sequence[str],
    work: Callable[[Sequence[str]], Any],
    keep: Callable[[Sequence[str], Any], None],
    jobs: int,
    beside: Callable[[], None] = _nothing,
) -> None:
    """Do the *work* on shares of *pages* in processes, keep each result, and work *beside*."""
    shares = make_chunks(pages, jobs)
    waiting = iter(range(len(shares)))
    run_in_processes(shares, [waiting] * min(jobs, len(shares)), work, keep, _nothing, beside)


def can_fork(jobs: int, count: int) -> bool:
    """Return whether *count* pages are worth several processes, as Sphinx decides it."""
    return parallel_available and jobs > 1 and count > FEW_PAGES


def run_in_processes(
    shares: Sequence[Any],
    queues: Sequence[Iterable[int]],
    work: Callable[[Any], Any],
    keep: Callable[[Any, Any], None],
    finish: Callable[[], Any],
    beside: Callable[[], None] = _nothing,
) -> list[Any]:
    """Fork processes that do the *work* on one share after the other.

    :param queues: For each process, the indexes of its shares; one iterator may be that of all.
    :param keep: Called in this process with a share and the result of the work on it.
    :param finish: Called at the end of each process.
    :param beside: Called in this process once the others have work. It runs in a thread that
        starts after them: a lock that it holds would be held for ever in a process forked then.
    :return: What *finish* has returned in each process.
    :raises SphinxParallelError: A process has failed.
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
        raise SphinxParallelError(*failure)
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
            failure = None
            try:
                with collector.collect():
                    result = finish() if share is None else work(shares[share])
            except BaseException as error:
                message = traceback.format_exception_only(error.__class__, error)[0].strip()
                failure = message, traceback.format_exc()
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
