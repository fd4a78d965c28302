"""Read and write pages in several processes.

Sphinx forks a process for each share of the pages, and merges what it has read as soon as it ends.
Each process that is forked later has the pages before in its environment, and sends all of them
back with its own: of 10,000 pages, each is sent twenty times. Here the processes have no page but
their own, and what they have read is merged at the end.

Before Sphinx forks a process to write pages, it resolves their links in the first process, which
keeps all trees. Here that is part of the work of the others.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TYPE_CHECKING

from sphinx import version_info
from sphinx.util.parallel import make_chunks, ParallelTasks

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.builders.html import StandaloneHTMLBuilder
    from sphinx.environment import BuildEnvironment

PAGES_READ, PAGES_WRITTEN = "fep-pages-read", "fep-pages-written"
"""The events that a process has read or written pages; their argument is their names."""


def read_in_processes(app: Sphinx, builder: Builder, pages: Sequence[str], jobs: int) -> None:
    """Read *pages*, as Sphinx's ``Builder._read_parallel`` does.

    :param jobs: The number of processes at a time.
    """
    env, events = builder.env, builder.events
    for page in pages:
        events.emit("env-purge-doc", env, page)
        env.clear_doc(page)
    environments: dict[str, BuildEnvironment] = {}

    def read(share: list[str]) -> BuildEnvironment:
        for page in share:
            builder.read_doc(page, _cache=False)
        # It knows all pages, so that with each share a table of all of them would be sent.
        env.project = None  # type: ignore[assignment]
        return env

    def keep(share: list[str], environment: BuildEnvironment) -> None:
        environments[share[0]] = environment
        events.emit(PAGES_READ, share)

    tasks = ParallelTasks(jobs)
    shares = make_chunks(pages, jobs)
    for share in shares:
        tasks.add_task(read, share, keep)
    tasks.join()
    for share in shares:  # in this order, so that the result is always the same
        env.merge_info_from(share, environments.pop(share[0]), app)


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
    tasks = ParallelTasks(jobs)
    for share in make_chunks(pages[1:], jobs):
        tasks.add_task(write, share, keep)
    tasks.join()
