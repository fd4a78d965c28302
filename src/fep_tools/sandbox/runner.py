"""Run one program isolated and within limits, and end everything that it has started.

A program is Python source. It reads a task from standard input, as JSON, and writes its results
to a pipe whose file descriptor the task names; what it prints is kept for people only.
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
from .isolation import Isolation, start_command
from .procstats import measure

_PYTHON_OPTIONS = ("-X", "utf8", "-B", "-W", "ignore")
_CHUNK = 64 * 1024
_INTERVAL = 0.1
"""Seconds between two measurements of a program."""
_STDOUT_KEPT = 2000
"""Characters of the end of a program's output that are kept."""


@dataclass(frozen=True)
class RunLimits:
    """Limits of one program. 130 snippets of seven frameworks needed a tenth of each.

    :param seconds: wall time.
    :param cpu_seconds: processor time of each process.
    :param memory: bytes of all its processes together, and of the address space of each.
    :param file_size: bytes of the largest file that it may write.
    :param stdout: bytes that it may print.
    :param pipe_output: bytes that it may write to the pipe of results.
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
        """Return the limits that the kernel keeps for each process, by ``resource`` name."""
        limits = {
            "AS": self.memory,
            "CORE": 0,
            "CPU": self.cpu_seconds,
            "FSIZE": self.file_size,
            # A socket can keep pages that the process gives back (MSG_ZEROCOPY), each 2 MB large.
            "MEMLOCK": 0,
            "NOFILE": self.open_files,
        }
        # The kernel counts the threads of a user: without a sandbox, those of all programs.
        return {"NPROC": self.threads, **limits} if isolation.is_sandbox else limits


@dataclass(frozen=True)
class RunResult:
    """The end of a program.

    :param stdout: the end of what it printed.
    :param status: its exit status, negative for a signal.
    :param stop_reason: the limit that it exceeded, ``""`` if it ended by itself.
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
    interrupted: Event | None = None,
) -> RunResult:
    """Run *program* on *task*, to which ``pipe`` is added.

    :param interrupted: stops the program as soon as it is set.
    """
    limits = limits or RunLimits()
    if not hasattr(os, "fork"):
        raise FepError("snippets can be run on Linux and macOS only; nothing was run")
    with (
        TemporaryDirectory(prefix="fep-") as name,
        _result_pipe() as (reader, writer),
        isolation.open_filter() as call_filter,
    ):
        directory = Path(name)
        # Not the interpreter of the environment: a package may bring a file pyvenv.cfg, which says
        # where that one finds its standard library.
        start = start_command(environment.base, isolation, limits.rlimits(isolation))
        command = [*start, str(environment.python), *_PYTHON_OPTIONS, "-c", program]
        process = subprocess.Popen(  # noqa: S603 - running programs is what this package is for
            isolation.command_line(command, environment.readable, call_filter),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd=directory,
            env=isolation.variables(directory),
            pass_fds=[writer] if call_filter is None else [writer, call_filter],
            start_new_session=True,
        )
        os.close(writer)
        # The starter has applied the limits and the user, which the harness of snippets expects.
        added = {"pipe": writer, "limits": {}, "user": None}
        stdin = json.dumps({**task, **added}).encode("ascii")
        with process:
            try:
                return _Supervisor(process, reader, stdin, limits, interrupted or Event()).run()
            finally:
                _kill(process)


@contextmanager
def _result_pipe() -> Iterator[tuple[int, int]]:
    """Open a pipe; the caller closes its writing end."""
    reader, writer = os.pipe()
    try:
        yield reader, writer
    finally:
        os.close(reader)


def _kill(process: subprocess.Popen[bytes]) -> None:
    """Kill *process* and its group. In a sandbox, everything else in it dies with bwrap."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


class _Supervisor:
    """Feeds a process, collects its output, and stops it at a limit."""

    def __init__(
        self,
        process: subprocess.Popen[bytes],
        result_pipe: int,
        task: bytes,
        limits: RunLimits,
        interrupted: Event,
    ) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self.process = process
        self.limits = limits
        self.interrupted = interrupted
        self.deadline = time.monotonic() + limits.seconds
        self.task = task
        self.stdin = process.stdin
        self.stdout = process.stdout.fileno()
        self.result_pipe = result_pipe
        self.received = {self.stdout: bytearray(), result_pipe: bytearray()}
        self.selector = selectors.DefaultSelector()

    def run(self) -> RunResult:
        """Pass data until the process ends or exceeds a limit."""
        with self.selector:
            for pipe in self.received:
                os.set_blocking(pipe, False)
                self.selector.register(pipe, selectors.EVENT_READ)
            os.set_blocking(self.stdin.fileno(), False)
            self.selector.register(self.stdin, selectors.EVENT_WRITE)
            stop_reason = ""
            while not stop_reason and self.process.poll() is None:
                self._transfer()
                stop_reason = self._exceeded()
        if stop_reason:
            _kill(self.process)
        # What the process wrote just before its end is still in the pipes.
        for pipe in self.received:
            while not self._output_exceeded() and self._read(pipe):
                pass
        stdout = bytes(self.received[self.stdout][-_STDOUT_KEPT:]).decode("utf-8", "replace")
        stop_reason = stop_reason or self._output_exceeded()
        pipe_output = bytes(self.received[self.result_pipe])
        return RunResult(pipe_output, stdout, self.process.returncode, stop_reason)

    def _transfer(self) -> None:
        """Pass on the data that is ready; wait a moment if there is none."""
        left = max(0.0, self.deadline - time.monotonic())
        for key, _events in self.selector.select(min(_INTERVAL, left)):
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
        """Read one chunk of *pipe*; return whether there was any data."""
        try:
            chunk = os.read(pipe, _CHUNK)
        except BlockingIOError:
            return False
        self.received[pipe] += chunk
        return bool(chunk)

    def _exceeded(self) -> str:
        """Return why the process has to be stopped, ``""`` if it does not."""
        limits = self.limits
        if self.interrupted.is_set():
            return "it was interrupted"
        if time.monotonic() >= self.deadline:
            return f"it took longer than {limits.seconds:g} seconds"
        if reason := self._output_exceeded():
            return reason
        usage = measure(self.process.pid)
        if usage.processes > limits.processes:
            return f"it started more than {limits.processes} processes"
        if usage.memory > limits.memory:
            return f"it used more than {limits.memory // 1024**2} MiB of memory"
        return ""

    def _output_exceeded(self) -> str:
        if len(self.received[self.stdout]) > self.limits.stdout:
            return f"it printed more than {self.limits.stdout // 1024} KiB"
        if len(self.received[self.result_pipe]) > self.limits.pipe_output:
            return f"its results are longer than {self.limits.pipe_output // 1024} KiB"
        return ""
