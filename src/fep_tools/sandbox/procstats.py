"""What a process and its descendants use, read from Linux's ``/proc``."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

_PROC = Path("/proc")

_MEMORY = re.compile(
    r"^(?:RssAnon|RssShmem|VmPTE|VmSwap|HugetlbPages):\s*([0-9]+) kB$", re.MULTILINE
)
"""Lines of ``/proc/PID/status``. ``RssFile``, the third part, are files that are mapped.

A page that is swapped out is no longer in ``RssAnon``, and one of the pool of huge pages never is.
``VmPTE`` is what the kernel needs to map it. That is little, but a process that reads one byte in
each of 65,000 distant places has 8 MB of its own and 500 MB of this.
"""


class ProcessUsage(NamedTuple):
    """The number of processes, and the bytes of memory and swap that are not those of files.

    What several processes have mapped counts for each.
    """

    processes: int
    memory: int


def measure(pid: int) -> ProcessUsage:
    """Return the usage of process *pid* and its descendants; zeros where there is no ``/proc``."""
    sizes = [_memory(member) for member in _descendants(pid)]
    return ProcessUsage(len(sizes), sum(sizes))


def _descendants(pid: int) -> Iterator[int]:
    """Return *pid* and every process that descends from it."""
    pending = [pid]
    while pending:
        member = pending.pop()
        yield member
        for thread in _threads(member):
            children = _PROC / str(member) / "task" / thread / "children"
            pending += map(int, _read(children).split())  # "4711 4712 "


def _threads(pid: int) -> list[str]:
    """Return the numbers of the threads of a process; none if it has ended in the meantime."""
    try:
        return os.listdir(_PROC / str(pid) / "task")
    except OSError:
        return []


def _memory(pid: int) -> int:
    """Return the bytes of a process.

    A process whose first thread has ended is a zombie without any, while other threads go on.
    """
    sizes = (_MEMORY.findall(status) for status in _statuses(pid))
    return 1024 * sum(map(int, next(filter(None, sizes), ())))


def _statuses(pid: int) -> Iterator[str]:
    """Return the status of a process, then those of its threads."""
    directory = _PROC / str(pid)
    yield _read(directory / "status")
    yield from (_read(directory / "task" / thread / "status") for thread in _threads(pid))


def _read(path: Path) -> str:
    """Return the text of *path*, ``""`` if its process has ended in the meantime."""
    try:
        return path.read_text("ascii", "replace")  # a process may choose the name that is in there
    except OSError:
        return ""
