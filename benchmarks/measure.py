"""Measure processes: wall time, processor time, and the memory of the largest process."""

from __future__ import annotations

import os
import shlex
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Measurement:
    """The median times of several runs in seconds, and the highest resident memory in bytes.

    :param cpu: The processor time, user and system, of the process and all that it has started.
    """

    seconds: float
    memory: int
    cpu: float = 0.0

    def ratios_to(self, peer: Measurement) -> str:
        """Return the ratios of this measurement to *peer*, as text."""
        return (
            f"{self.seconds / peer.seconds:6.2f}x wall {self.cpu / peer.cpu:6.2f}x CPU "
            f"{self.memory / peer.memory:6.2f}x memory"
        )

    def __str__(self) -> str:
        return f"{self.seconds:7.2f} s {self.cpu:7.2f} s CPU {self.memory / 2**20:5.0f} MiB"


def measure(
    command: Sequence[str | Path],
    *,
    directory: Path,
    runs: int = 5,
    warm_up: int = 1,
    allowed: Sequence[int] = (0,),
) -> Measurement:
    """Run *command* in *directory* and measure it; its standard output is discarded.

    A command that fails ends the program with a message: its time would be that of the failure.

    :param runs: the number of measured runs.
    :param warm_up: the number of runs before, which do not count.
    :param allowed: the exit statuses of success; ``fep check`` has 1 if there are findings.
    """
    (figure,) = _measure_in_turn([command], directory, runs, warm_up, allowed)
    return figure


def measure_both(
    ours: Sequence[str | Path],
    peer: Sequence[str | Path],
    *,
    directory: Path,
    runs: int = 5,
    warm_up: int = 1,
    allowed: Sequence[int] = (0,),
) -> tuple[Measurement, Measurement]:
    """Measure two commands in turn: when the machine is slow for a while, it is so for both.

    The other parameters are those of `measure`.
    """
    first, second = _measure_in_turn([ours, peer], directory, runs, warm_up, allowed)
    return first, second


def _measure_in_turn(
    commands: Sequence[Sequence[str | Path]],
    directory: Path,
    runs: int,
    warm_up: int,
    allowed: Sequence[int],
) -> list[Measurement]:
    lines = [[str(part) for part in command] for command in commands]
    rounds = [[_once(line, directory, allowed) for line in lines] for _ in range(warm_up + runs)]
    return [summarise(figures) for figures in zip(*rounds[warm_up:], strict=True)]


def summarise(figures: Sequence[Measurement]) -> Measurement:
    """Return the median times of runs of one command, and the highest memory of them."""
    return Measurement(
        statistics.median(figure.seconds for figure in figures),
        max(figure.memory for figure in figures),
        statistics.median(figure.cpu for figure in figures),
    )


def _once(command: list[str], directory: Path, allowed: Sequence[int]) -> Measurement:
    with tempfile.TemporaryFile() as errors:
        start = time.perf_counter()
        child = os.fork()
        if not child:
            try:
                os.chdir(directory)
                nothing = os.open(os.devnull, os.O_RDWR)
                for stream, target in ((0, nothing), (1, nothing), (2, errors.fileno())):
                    os.dup2(target, stream)
                # Installed programs have bytecode; images of containers often forbid to write it.
                os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
                os.execvp(command[0], command)
            except OSError as problem:
                os.write(2, f"{problem}\n".encode())
            finally:
                os._exit(127)
        _pid, wait_status, usage = os.wait4(child, 0)
        seconds = time.perf_counter() - start
        status = os.waitstatus_to_exitcode(wait_status)
        if status not in allowed:
            errors.seek(0)
            last = errors.read().decode("utf-8", "replace").strip().rpartition("\n")[2]
            sys.exit(f"{shlex.join(command)}: exit status {status} in {directory}: {last}")
    cpu = usage.ru_utime + usage.ru_stime
    return Measurement(seconds, usage.ru_maxrss * 1024, cpu)
