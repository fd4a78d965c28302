"""Serve an editor over standard input and output."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from json import JSONDecodeError
from typing import BinaryIO

from pygls.exceptions import JsonRpcException

from .features import FEATURES
from .server import Server
from .workspaces import RepositoryOpener


def serve(open_repository: RepositoryOpener, today: Callable[[], date]) -> None:
    """Serve an editor over standard input and output until it ends the session.

    :param today: returns the date for which proposals are checked.
    """
    logging.getLogger("pygls.protocol.json_rpc").addFilter(_is_internal_error)
    logging.getLogger("pygls.server").addFilter(_shorten_malformed)
    server = Server(open_repository, today)
    for name, function, options in FEATURES:
        server.feature(name, options)(function)
    with _standard_streams() as (stdin, stdout):
        try:
            server.start_io(stdin, stdout)
        finally:
            server.close()


@contextmanager
def _standard_streams() -> Iterator[tuple[BinaryIO, BinaryIO]]:
    """Reserve standard input and output for the protocol.

    Whatever else writes to standard output, such as a library, writes to standard error instead:
    the editor would take it for a broken message.
    """
    saved = os.dup(0), os.dup(1)
    with open(os.devnull, "rb") as nothing:
        os.dup2(nothing.fileno(), 0)
    os.dup2(2, 1)
    try:
        yield os.fdopen(saved[0], "rb", closefd=False), os.fdopen(saved[1], "wb", closefd=False)
    finally:
        for descriptor, copy in enumerate(saved):
            os.dup2(copy, descriptor)
            os.close(copy)


def _shorten_malformed(record: logging.LogRecord) -> bool:
    """Leave out the traceback where the editor sent something that is no message."""
    problem = record.exc_info[1] if record.exc_info else None
    if isinstance(problem, (JSONDecodeError, JsonRpcException)):
        record.msg, record.args, record.exc_info = "fep: malformed message: %s", (problem,), None
    return True


def _is_internal_error(record: logging.LogRecord) -> bool:
    """Return whether pygls logs an internal error.

    Others are a request that failed with a message, and a message of the editor that is malformed,
    which another logger names as well (see :func:`_shorten_malformed`).
    """
    problem = record.exc_info[1] if record.exc_info else None
    is_malformed = str(record.msg).startswith("Unable to deserialize message")
    return not (isinstance(problem, JsonRpcException) or is_malformed)
