"""The input and the output of a process of git, which is stopped if it does not answer."""

from __future__ import annotations

import io
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import chain, islice
from subprocess import TimeoutExpired
from threading import Event, Thread
from typing import Any, IO

SECONDS = 30.0
"""How long a reader may wait for output, and one second more for each 100 kB of it.

Only waiting counts, not what is done with the output, so a large repository has more time than a
git that hangs. The whole log of the PEPs, 1.4 MB, takes 2 seconds.
"""

_BYTES_PER_SECOND = 100_000

_TICK = 0.1
"""Seconds between two looks at whether there is output."""

_MAX_STDERR = 1 << 16

MAX_MEMORY = 2 << 30
"""Bytes. The log of the PEPs takes 60 MB; a file of a hostile repository that is a link to
``/dev/zero``, such as ``.git/objects/info/alternates``, takes all that there is."""


@dataclass
class InputPipe:
    """A pipe from which git reads.

    :ivar is_filling: The next line is computed. Git cannot answer before it is there.
    """

    stream: IO[bytes]
    is_filling: bool = True

    def close(self) -> None:
        """Close it, once git reads from it."""
        self.stream.close()


@contextmanager
def open_input(lines: Iterator[bytes]) -> Iterator[InputPipe]:
    """Open a pipe into which a thread writes *lines*, as they are computed.

    The block has to close the pipe once another process reads it, or the thread would wait forever
    for one that has ended.

    :raises Exception: What the computation has raised.
    """
    failures: list[BaseException] = []
    # If git computes them, it starts here: starting a process changes the environment for a moment.
    first = [*islice(lines, 1)]
    source, target = os.pipe()

    def write() -> None:
        try:
            with open(target, "wb") as stream:
                for line in chain(first, lines):
                    pipe.is_filling = False
                    stream.write(line)
                    pipe.is_filling = True
        except BrokenPipeError:  # the reader has failed, and its own error is raised
            pass
        except BaseException as failure:
            failures.append(failure)
        finally:
            pipe.is_filling = False

    thread = Thread(target=write)
    try:
        with open(source, "rb") as stream:
            pipe = InputPipe(stream)
            thread.start()
            yield pipe
    finally:
        thread.join()
    if failures:
        raise failures[0]


class GitOutput(io.RawIOBase):
    """The output of git. If git does not answer, it is stopped, and the output ends.

    :ivar is_late: Git was stopped.
    :ivar waited: How many seconds were spent waiting for it.
    """

    def __init__(self, process: Any, pipe: InputPipe | None) -> None:
        self._process = process
        self._pipe = pipe
        self._size = 0
        self._is_waiting = False
        self._is_over = Event()
        self.is_late = False
        self.waited = 0.0
        self.stderr = bytearray()
        # Read at the same time: git waits once one of the pipes is full.
        self._threads = Thread(target=self._read_stderr), Thread(target=self._stop_if_late)
        for thread in self._threads:
            thread.start()

    @property
    def status(self) -> int:
        """The status that git ended with; 0 while it runs."""
        return self._process.returncode or 0

    def readable(self) -> bool:
        """Return ``True``: the output can be read."""
        return True

    def readinto(self, buffer: Any, /) -> int:
        """Read what git has printed, up to the size of *buffer*."""
        self._is_waiting = True
        size: int = self._process.stdout.readinto1(buffer)
        self._is_waiting = False
        self._size += size
        return size

    def wait(self, seconds: float | None = None) -> None:
        """Wait until git ends, or for *seconds*."""
        self._is_waiting = True
        # A program that git has started may still write there.
        self._threads[0].join(seconds)
        with suppress(TimeoutExpired):
            self._process.wait(seconds)

    def stop(self) -> None:
        """End git, and close what belongs to it."""
        self._is_over.set()
        kill(self._process)
        self._process.wait()
        for thread in self._threads:
            thread.join()
        self._process.stdout.close()
        self._process.stderr.close()

    def _read_stderr(self) -> None:
        while chunk := self._process.stderr.read1(1 << 16):
            self.stderr += chunk[: _MAX_STDERR - len(self.stderr)]

    def _stop_if_late(self) -> None:
        while not self._is_over.wait(_TICK):
            is_fed = self._pipe is None or not self._pipe.is_filling
            self.waited += _TICK if self._is_waiting and is_fed else 0
            if self.waited > SECONDS + self._size / _BYTES_PER_SECOND:
                self.is_late = True
                kill(self._process)
                break


def limit_memory(pid: int) -> None:
    """Limit the memory of a process of git to :data:`MAX_MEMORY`, where the system can.

    Files that are only mapped, such as packs of any size, do not count.
    """
    if sys.platform == "linux":
        import resource

        with suppress(OSError):  # it has ended, or a lower limit applies
            resource.prlimit(pid, resource.RLIMIT_DATA, (MAX_MEMORY, MAX_MEMORY))


def kill(process: Any) -> None:
    """End git and the programs it has started, which would keep its output open."""
    if process.returncode is not None:
        return
    with suppress(OSError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
