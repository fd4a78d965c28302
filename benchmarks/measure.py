"""Whole processes: how long they take, and how much memory the largest of them has."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Figure:
    """Seconds of wall time (the median of the runs) and bytes of resident memory (the most)."""

    seconds: float
    memory: int

    def against(self, peer: Figure) -> str:
        """This figure as ratios of *peer*."""
        return f"{self.seconds / peer.seconds:5.2f}x time  {self.memory / peer.memory:5.2f}x memory"

    def __str__(self) -> str:
        return f"{self.seconds:7.2f} s  {self.memory / 2**20:6.0f} MiB"


def measure(
    command: Sequence[str | Path], *, folder: Path, runs: int = 5, warm_up: int = 1
) -> Figure:
    """The figure of *command*, run in *folder*; what it prints is thrown away."""
    figures = [_once([str(part) for part in command], folder) for _ in range(warm_up + runs)]
    kept = figures[warm_up:]
    return Figure(
        statistics.median(figure.seconds for figure in kept),
        max(figure.memory for figure in kept),
    )


def _once(command: list[str], folder: Path) -> Figure:
    start = time.perf_counter()
    child = os.fork()
    if not child:
        os.chdir(folder)
        nothing = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(nothing, stream)
        os.execvp(command[0], command)
    _pid, _status, usage = os.wait4(child, 0)
    return Figure(time.perf_counter() - start, usage.ru_maxrss * 1024)
