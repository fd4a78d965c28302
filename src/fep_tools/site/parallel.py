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

from collections.abc import Callable, Mapping, Sequence, Set
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any, TYPE_CHECKING

from sphinx import version_info
from sphinx.util import logging
from sphinx.util.parallel import make_chunks, parallel_available

from .._garbage import free_trees
from .processes import nothing, run_in_processes
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


def share_pages(
    pages: Sequence[str],
    work: Callable[[Sequence[str]], Any],
    keep: Callable[[Sequence[str], Any], None],
    jobs: int,
    beside: Callable[[], None] = nothing,
) -> None:
    """Do the *work* on shares of *pages* in processes, keep each result, and work *beside*."""
    shares = make_chunks(pages, jobs)
    waiting = iter(range(len(shares)))
    run_in_processes(shares, [waiting] * min(jobs, len(shares)), work, keep, nothing, beside)


def can_fork(jobs: int, count: int) -> bool:
    """Return whether *count* pages are worth several processes, as Sphinx decides it."""
    return parallel_available and jobs > 1 and count > FEW_PAGES
