"""Runs one program apart, within limits, and ends it with everything that it has started.

A program here is Python source that reads a task from standard input, as JSON, and answers
through a pipe of its own, which the task names; what it prints is kept for people only.
"""

from __future__ import annotations

import json
import os
import selectors
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event

from ..errors import FepError
from .environments import Environment
from .isolation import Isolation
from .procstats import usage

OPTIONS = ("-X", "utf8", "-B", "-W", "ignore")
_CHUNK = 64 * 1024
_LOOK = 0.1
"""Seconds between two looks at what a program uses."""
_KEPT = 2000
"""Characters of what a program printed last that are kept."""


@dataclass(frozen=True)
class RunLimits:
    """What one program may use: seconds, bytes, and how many of a thing.

    *memory* is that of all its processes together, and the address space of each. A hundred
    and thirty experiments with seven frameworks needed a tenth of all this.
    """

    seconds: float = 30.0
    cpu_seconds: int = 20
    memory: int = 2 * 1024**3
    file_size: int = 16 * 1024**2
    open_files: int = 256
    processes: int = 64
    threads: int = 512
    stdout: int = 1024**2
    pipe_output: int = 256 * 1024

    def rlimits(self, isolation: Isolation) -> dict[str, int]:
        """Those that the system keeps for each process, by their names in ``resource``.

        Threads are counted for a user, who has others where there is no sandbox.
        """
        counted = {"NPROC": self.threads} if isolation.tool else {}
        return {
            **counted,
            "AS": self.memory,
            "CORE": 0,
            "CPU": self.cpu_seconds,
            "FSIZE": self.file_size,
            "NOFILE": self.open_files,
        }


@dataclass(frozen=True)
class RunResult:
    """How a program ended: its *answer*, and why it was *stopped*, if it was.

    *status* is negative for a signal; *printed* is the end of what it printed.
    """

    pipe_output: bytes
    stdout: str
    status: int
    stop_reason: str


def run_program(
    program: str,
    task: Mapping[str, object],
    environment: Environment,
    isolation: Isolation,
    limits: RunLimits | None = None,
    enough: Event | None = None,
) -> RunResult:
    """Run *program* on *task*, to which ``pipe``, ``limits`` and ``user`` are added.

    It is stopped before its end where *enough* is set.
    """
    limits = limits or RunLimits()
    if not hasattr(os, "fork"):
        raise FepError("snippets are run on Linux and macOS only")
    theirs: dict[str, object] = {"limits": limits.rlimits(isolation), "user": isolation.user()}
    with TemporaryDirectory(prefix="fep-") as name, _pipe() as (answer, pipe):
        folder = Path(name)
        command = [str(environment.python), *OPTIONS, "-c", program]
        process = subprocess.Popen(  # noqa: S603 - what this room is for
            isolation.command_line(command, environment.readable, folder),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd=folder,
            env=isolation.variables(folder),
            pass_fds=[pipe],
            start_new_session=True,
        )
        os.close(pipe)
        told = json.dumps({**task, **theirs, "pipe": pipe}).encode("ascii")
        with process:
            try:
                return _Watch(process, answer, told, limits, enough or Event()).to_the_end()
            finally:
                _end(process)


@contextmanager
def _pipe() -> Iterator[tuple[int, int]]:
    """A pipe; whoever gets its second end closes it."""
    ours, theirs = os.pipe()
    try:
        yield ours, theirs
    finally:
        os.close(ours)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End *process* and its group; a sandbox takes everything in it with it."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


class _Watch:
    """A process from its start to its end: what it is told, and what comes from it."""

    def __init__(
        self,
        process: subprocess.Popen[bytes],
        answer: int,
        task: bytes,
        limits: RunLimits,
        enough: Event,
    ) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self.process = process
        self.limits = limits
        self.enough = enough
        self.deadline = time.monotonic() + limits.seconds
        self.task = task
        self.stdin = process.stdin
        self.stdout = process.stdout.fileno()
        self.answer = answer
        self.told = {self.stdout: bytearray(), answer: bytearray()}
        self.selector = selectors.DefaultSelector()

    def to_the_end(self) -> RunResult:
        """Everything, until it ends or is stopped."""
        with self.selector:
            for pipe in self.told:
                os.set_blocking(pipe, False)
                self.selector.register(pipe, selectors.EVENT_READ)
            os.set_blocking(self.stdin.fileno(), False)
            self.selector.register(self.stdin, selectors.EVENT_WRITE)
            stopped = ""
            while not stopped and self.process.poll() is None:
                self._talk()
                stopped = self._excess()
        if stopped:
            _end(self.process)
        for pipe in self.told:
            while not self._flooded() and self._read(pipe):
                pass
        printed = bytes(self.told[self.stdout][-_KEPT:]).decode("utf-8", "replace")
        stopped = stopped or self._flooded()
        return RunResult(bytes(self.told[self.answer]), printed, self.process.returncode, stopped)

    def _talk(self) -> None:
        """Pass on what there is, or wait a moment for it."""
        left = max(0.0, self.deadline - time.monotonic())
        for key, _events in self.selector.select(min(_LOOK, left)):
            if key.fileobj is self.stdin:
                self._write()
            elif not self._read(key.fd):
                self.selector.unregister(key.fd)

    def _write(self) -> None:
        try:
            self.task = self.task[os.write(self.stdin.fileno(), self.task) :]
        except BrokenPipeError:
            self.task = b""
        if not self.task:
            self.selector.unregister(self.stdin)
            self.stdin.close()

    def _read(self, pipe: int) -> bool:
        """Whether there was something in *pipe*; there may be more."""
        try:
            more = os.read(pipe, _CHUNK)
        except BlockingIOError:
            return False
        self.told[pipe] += more
        return bool(more)

    def _excess(self) -> str:
        """Why it has to be stopped, ``""`` if it need not."""
        limits = self.limits
        if self.enough.is_set():
            return "it was interrupted"
        if time.monotonic() >= self.deadline:
            return f"it took longer than {limits.seconds:g} seconds"
        if flooded := self._flooded():
            return flooded
        used = usage(self.process.pid)
        if used.processes > limits.processes:
            return f"it started more than {limits.processes} processes"
        if used.memory > limits.memory:
            return f"it used more than {limits.memory // 1024**2} MiB of memory"
        return ""

    def _flooded(self) -> str:
        if len(self.told[self.stdout]) > self.limits.stdout:
            return f"it printed more than {self.limits.stdout // 1024} KiB"
        if len(self.told[self.answer]) > self.limits.pipe_output:
            return f"its answer is longer than {self.limits.pipe_output // 1024} KiB"
        return ""
