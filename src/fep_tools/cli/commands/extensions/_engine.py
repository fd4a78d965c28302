"""The options that say where the work of a command is done."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TYPE_CHECKING

import click

from ... import options

if TYPE_CHECKING:
    from ....extensions.executors import Engine


def engine_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--jobs`` and ``--dask``, for :func:`open_engine`."""
    command = click.option(
        "--dask",
        metavar="ADDRESS",
        help="Use the workers of the Dask cluster at ADDRESS, such as tcp://10.0.0.1:8786.",
    )(command)
    return options.jobs(command)


def open_engine(jobs: int, dask: str | None, *, threads: bool = False) -> Engine:
    """Return the engine that the options name.

    :param threads: use threads of this process in place of processes, for work that other
        programs do.
    """
    from ....extensions import executors

    if dask is not None:
        return executors.Dask(dask)
    return executors.Threads(jobs) if threads else executors.Processes(jobs)
