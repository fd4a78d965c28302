"""Measure processes: wall time, and the memory of the largest process."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Measurement:
    """The median wall time in seconds, and the highest resident memory in bytes."""

    seconds: float
    memory: int

    def ratios_to(self, peer: Measurement) -> str:
        """Return the ratios of this measurement to *peer*, as text."""
        return f"{self.seconds / peer.seconds:5.2f}x time  {self.memory / peer.memory:5.2f}x memory"

    def __str__(self) -> str:
        return f"{self.seconds:7.2f} s  {self.memory / 2**20:6.0f} MiB"


def measure(
    command: Sequence[str | Path], *, directory: Path, runs: int = 5, warm_up: int = 1
) -> Measurement:
    """Run *command* in *directory* and measure it; its output is discarded.

    :param runs: the number of measured runs.
    :param warm_up: the number of runs before, which do not count.
    """
    figures = [_once([str(part) for part in command], directory) for _ in range(warm_up + runs)]
    kept = figures[warm_up:]
    return Measurement(
        statistics.median(figure.seconds for figure in kept),
        max(figure.memory for figure in kept),
    )


def _once(command: list[str], directory: Path) -> Measurement:
    start = time.perf_counter()
    child = os.fork()
    if not child:
        os.chdir(directory)
        nothing = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(nothing, stream)
        os.execvp(command[0], command)
    _pid, _status, usage = os.wait4(child, 0)
    return Measurement(time.perf_counter() - start, usage.ru_maxrss * 1024)
