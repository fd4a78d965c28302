"""The first part of a program that runs in a sandbox: it reads its task.

An environment does not have this package, so a caller passes the text of this module, followed by
its own program, to :func:`.runner.run_program`. It needs Python 3.8 or later and nothing but the
standard library.

A message goes to a pipe of its own, because standard output belongs to what is run. Each has the
secret of the task, so that text that something else writes there is recognized.
"""

from __future__ import annotations

import json
import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any

    Message = dict[str, Any]


def start() -> tuple[Message, int]:
    """Read the task on standard input, and return it with the pipe."""
    task = json.loads(sys.stdin.buffer.read())
    sys.path[:] = [entry for entry in sys.path if entry]  # not the current directory
    return task, _hide_pipe(task["pipe"])


def send(pipe: int, secret: str, message: Message) -> None:
    """Write *message* to *pipe*, on a line of its own."""
    os.write(pipe, json.dumps({**message, "secret": secret}).encode("ascii") + b"\n")


def parse_messages(output: bytes, secret: str) -> list[Message]:
    """Return the messages in *output*, without the secret.

    :raises ValueError: if something else has written there.
    """
    messages = []
    for line in output.split(b"\n")[:-1]:
        message = json.loads(line)
        if not isinstance(message, dict) or message.pop("secret", None) != secret:
            raise ValueError("not a message of the program")
        messages.append(message)
    return messages


def _hide_pipe(pipe: int) -> int:
    """Return a copy of *pipe* that child processes do not inherit, and empty standard input."""
    import fcntl

    copy = fcntl.fcntl(pipe, fcntl.F_DUPFD_CLOEXEC, 64)
    os.close(pipe)
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    os.close(null)
    return copy
