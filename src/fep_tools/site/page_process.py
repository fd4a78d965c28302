"""Stop the work on one page of a build that takes too much time or memory.

It happens in the process of Sphinx itself, so the work is interrupted, not killed: by a signal, and
by a limit of the address space. See docs/security.rst, *sec-limits*.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..proposals.pool import HAS_TIMER

REPEAT_SECONDS = 0.1
"""How often a page is stopped that goes on after its time."""


class Exceeded(BaseException):
    """A limit of a page. What catches every Exception, as some directives do, lets it pass."""


@contextmanager
def limited_time(seconds: float, problem: str) -> Iterator[None]:
    """Raise :class:`Exceeded` with *problem* after *seconds* of processor time.

    Only the main thread of a process gets signals, and Windows has none for this.
    """
    if not HAS_TIMER or threading.current_thread() is not threading.main_thread():
        yield
        return

    is_running = True

    def stop(*_: object) -> None:
        if is_running:
            raise Exceeded(problem)

    before = signal.signal(signal.SIGPROF, stop)
    # Python drops an exception that is raised in a finalizer or a callback of its garbage
    # collector, and the signal may arrive there. So it comes again until the block has ended.
    signal.setitimer(signal.ITIMER_PROF, seconds, REPEAT_SECONDS)
    try:
        try:
            yield
        finally:
            is_running = False
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


@contextmanager
def limited_memory(size: int) -> Iterator[None]:
    """Let the process have *size* bytes of address space more, where Linux says what it has."""
    try:
        pages = int(Path("/proc/self/statm").read_bytes().split()[0])
    except OSError:
        yield
        return
    import resource  # not on Windows

    before, most = resource.getrlimit(resource.RLIMIT_AS)
    limit = pages * resource.getpagesize() + size
    known = [other for other in (before, most) if other != resource.RLIM_INFINITY]
    resource.setrlimit(resource.RLIMIT_AS, (min([limit, *known]), most))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (before, most))
