"""The standard streams, which may be closed, full or without a reader.

Services and editors start programs with closed streams, ``fep list | head -1`` stops reading, and
a log may be on a disk that is full. None of that changes what a command finds out.
"""

from __future__ import annotations

import errno
import io
import os
import sys
from typing import Any, BinaryIO, TextIO

from .._files import MAX_FILE_BYTES
from ..errors import RepositoryError

_NO_READER = frozenset({errno.EPIPE})


def prepare() -> None:
    """Make the streams of this process safe to use.

    A closed one discards what is written. Without its descriptor, the next file that is opened,
    such as the cache, would be written to in its place.
    """
    for descriptor, is_closed in enumerate(map(_is_closed, range(3))):
        if is_closed:
            os.open(os.devnull, os.O_RDWR)  # takes the lowest free number, which is this one
            os.set_inheritable(descriptor, True)
    sys.stdout = _writer(1, sys.stdout, _NO_READER)
    # Whatever happens to a message: the exit status says the same.
    sys.stderr = _writer(2, sys.stderr, None)


def _is_closed(descriptor: int) -> bool:
    try:
        os.fstat(descriptor)
    except OSError:
        return True
    return False


def _writer(descriptor: int, stream: TextIO | None, ignored: frozenset[int] | None) -> TextIO:
    """Return *stream* with *ignored* failures, and an escape for what it cannot encode."""
    if stream is not None and (stream.isatty() or not _has_descriptor(stream, descriptor)):
        # A terminal that is not UTF-8 gets "\u2026" instead of a UnicodeEncodeError.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
        return stream
    raw = _LenientFile(descriptor, ignored)
    return io.TextIOWrapper(
        io.BufferedWriter(raw),
        encoding=stream.encoding if stream else "utf-8",
        errors="backslashreplace",
        line_buffering=descriptor == 2,
    )


def _has_descriptor(stream: TextIO, descriptor: int) -> bool:
    try:
        return stream.fileno() == descriptor
    except (OSError, ValueError):
        return False


class _LenientFile(io.FileIO):
    """An open file that takes what it is given, even if that cannot be written.

    :param ignored: Numbers of the errors that do not matter; ``None`` for all.
    """

    def __init__(self, descriptor: int, ignored: frozenset[int] | None) -> None:
        super().__init__(descriptor, "w", closefd=False)
        self._ignored = ignored

    def write(self, data: Any, /) -> int:
        try:
            return super().write(data) or 0
        except OSError as problem:
            if self._ignored is None or problem.errno in self._ignored:
                return len(data)
            raise


def standard_input() -> BinaryIO:
    """Return standard input.

    :raises RepositoryError: It is closed.
    """
    if sys.stdin is None:
        raise RepositoryError("standard input is closed; redirect a file to it")
    return sys.stdin.buffer


def read_proposal() -> bytes:
    """Return the proposal on standard input, which may be too large.

    One byte more than allowed is enough to have it refused.

    :raises RepositoryError: It cannot be read.
    """
    try:
        return standard_input().read(MAX_FILE_BYTES + 1)
    except OSError as problem:
        reason = os.strerror(problem.errno or 0).lower()
        raise RepositoryError(f"standard input cannot be read: {reason}") from None
