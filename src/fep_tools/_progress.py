"""Progress of long work, for people who wait for it.

The code that works calls :func:`report`; the command line shows it. Without an observer, nothing
happens.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Observer = Callable[[str, int, int], None]
"""Takes what is being done, such as ``parsing``, how much of it is done, and of how much."""

_observers: list[tuple[int, Observer]] = []


def report(activity: str, done: int, total: int) -> None:
    """Report how much of some work is done.

    :param activity: what is being done, with ``{share}`` and ``{total}``:
        ``parsing: {share} of {total} pages``
    """
    # A worker process that was forked has the observer too, and must not write to the terminal.
    if _observers and _observers[-1][0] == os.getpid():
        _observers[-1][1](activity, done, total)


@contextmanager
def observed(observer: Observer) -> Iterator[None]:
    """Call *observer* with the progress of the work that is done in the block."""
    _observers.append((os.getpid(), observer))
    try:
        yield
    finally:
        _observers.pop()
