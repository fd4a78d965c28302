"""What a process and its descendants use, read from Linux's ``/proc``."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

_PROC = Path("/proc")


class ProcessUsage(NamedTuple):
    """The number of processes, and the bytes of memory that they do not share."""

    processes: int
    memory: int


def measure(pid: int) -> ProcessUsage:
    """Return the usage of process *pid* and its descendants; zeros where there is no ``/proc``."""
    sizes = [_private_memory(member) for member in _descendants(pid)]
    return ProcessUsage(len(sizes), sum(sizes))


def _descendants(pid: int) -> Iterator[int]:
    """Return *pid* and every process that descends from it."""
    pending = [pid]
    while pending:
        member = pending.pop()
        yield member
        for children in _PROC.glob(f"{member}/task/*/children"):  # "4711 4712 "
            pending += map(int, _read(children).split())


def _private_memory(pid: int) -> int:
    """Return the resident bytes of *pid* that it does not share.

    ``statm`` counts pages: size, resident, shared, ... (proc(5)).
    """
    pages = _read(_PROC / str(pid) / "statm").split()
    if len(pages) < 3:
        return 0
    return (int(pages[1]) - int(pages[2])) * os.sysconf("SC_PAGE_SIZE")


def _read(path: Path) -> str:
    """Return the text of *path*, ``""`` if its process has ended in the meantime."""
    try:
        return path.read_text("ascii")
    except OSError:
        return ""
