"""Read pages in several processes.

Sphinx forks a process for each share of the pages, and merges what it has read as soon as it ends.
Each process that is forked later has the pages before in its environment, and sends all of them
back with its own: of 10,000 pages, each is sent twenty times. Here the processes have no page but
their own, and what they have read is merged at the end.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sphinx.util.parallel import make_chunks, ParallelTasks

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

PAGES_READ = "fep-pages-read"
"""The event that a process has read pages; its argument is their names."""


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
