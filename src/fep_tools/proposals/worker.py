"""The program of a worker process: it reads texts from standard input and answers with facts.

:mod:`fep_tools.proposals.pool` starts it. A message is its length in bytes, as four bytes in
network order, and then its content. The first message is the vocabulary as JSON; every other
one is a body, an array of its text and of the files that it includes, and is answered with
two: the seconds that it took, and :meth:`~fep_tools.proposals.body.Body.dump`.
"""

from __future__ import annotations

import json
import os
import signal
import struct
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import IO

from .._garbage import free_trees, search_rarely
from .body import IncludedFile
from .vocabulary import Vocabulary

READY = b"fep-tools worker is ready\n"
"""The line that a worker writes when it begins to read. Output of ``.pth`` files or a
``sitecustomize`` module of the installation comes before it."""

_LENGTH = struct.Struct("!I")


def send(stream: IO[bytes], text: str) -> None:
    """Write one message. A lone surrogate is kept as it is."""
    data = text.encode("utf-8", "surrogatepass")
    stream.write(_LENGTH.pack(len(data)) + data)
    stream.flush()


def receive(stream: IO[bytes], limit: int | None = None) -> str:
    """Read one message.

    :param limit: The largest accepted size in bytes.
    :raises EOFError: The other side has closed the pipe, or the message is too large.
    """
    header = stream.read(_LENGTH.size)
    if len(header) < _LENGTH.size:
        raise EOFError
    (size,) = _LENGTH.unpack(header)
    data = stream.read(size) if limit is None or size <= limit else b""
    if len(data) < size:
        raise EOFError
    return data.decode("utf-8", "surrogatepass")


def main(memory: int, seconds: float) -> None:
    """Answer every text until the pipe is closed.

    :param memory: The address space that this process may use, in bytes.
    :param seconds: The processor time for one text, after which this process ends itself.
    """
    # On Windows, Ctrl-C reaches this process, too; the pool ends it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    limit_memory(memory)
    # Reserve the pipe for messages: from here on, printed text goes to standard error.
    requests = sys.stdin.buffer
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    with suppress(EOFError, OSError, MemoryError):
        from .rst import parser

        vocabulary = Vocabulary.from_json(receive(requests))
        search_rarely()
        answers.write(b"\n" + READY)  # on a line of its own, whatever was printed before
        answers.flush()
        while True:
            text, files = json.loads(receive(requests))
            included = [IncludedFile(*file) for file in files]
            start = time.process_time()
            with alarm(seconds):
                facts = parser.parse_body_safely(text, vocabulary, included).dump()
            send(answers, str(time.process_time() - start))
            send(answers, facts)
            free_trees()


@contextmanager
def alarm(seconds: float) -> Iterator[None]:
    """End this process after *seconds* of its own time, unless the block has ended by then.

    Not on Windows, where the pool ends it.
    """
    # A handler in Python could run only after a regular expression has ended. Without one, the
    # signal ends the process at once.
    has_timer = hasattr(signal, "setitimer")
    if has_timer:
        signal.signal(signal.SIGPROF, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        if has_timer:
            signal.setitimer(signal.ITIMER_PROF, 0)


def limit_memory(memory: int) -> None:
    """Limit the address space of this process to *memory* bytes, where the system can."""
    try:
        import resource
    except ImportError:  # pragma: no cover - Windows has no such limits
        return
    _soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    limit = memory if hard == resource.RLIM_INFINITY else min(memory, hard)
    resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
