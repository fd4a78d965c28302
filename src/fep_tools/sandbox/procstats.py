"""What a process and all that it has started use at the moment, where the system tells it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

_PROC = Path("/proc")


class Usage(NamedTuple):
    """How many processes there are, and the bytes that are theirs alone."""

    processes: int
    memory: int


def usage(process: int) -> Usage:
    """What *process* and its descendants use; nothing where there is no ``/proc``."""
    sizes = [_memory(member) for member in _family(process)]
    return Usage(len(sizes), sum(sizes))


def _family(process: int) -> Iterator[int]:
    """*process* and all that descend from it."""
    waiting = [process]
    while waiting:
        member = waiting.pop()
        yield member
        for told in _PROC.glob(f"{member}/task/*/children"):
            waiting += map(int, _text(told).split())


def _memory(process: int) -> int:
    """As ``statm`` in proc(5) has it, in pages: all, resident, shared, ..."""
    told = _text(_PROC / str(process) / "statm").split()
    if len(told) < 3:
        return 0
    return (int(told[1]) - int(told[2])) * os.sysconf("SC_PAGE_SIZE")


def _text(path: Path) -> str:
    """What is in *path*, ``""`` if it is gone: processes end while they are looked at."""
    try:
        return path.read_text("ascii")
    except OSError:
        return ""
