"""Handlers of Sphinx's warnings: they count them, make them safe to print, or raise errors."""

from __future__ import annotations

import logging as std_logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.util.logging import (
    is_suppressed_warning,
    NAMESPACE,
    SafeEncodingWriter,
    WarningStreamHandler,
)

from .._text import safe
from ..errors import RepositoryError
from .options import Writer

if TYPE_CHECKING:
    from sphinx.application import Sphinx

NOT_ABOUT_CONTENT = frozenset({("fep", "shallow"), ("fep", "charts")})
"""Kinds of warnings about the clone or the installation; they must not fail a strict build."""


class CountingHandler(WarningStreamHandler):
    """Counts our errors, which mean that something is missing, and all warnings."""

    def __init__(self, app: Sphinx) -> None:
        super().__init__(SafeEncodingWriter(StringIO()))
        self.app = app
        self.errors = 0
        self.warnings = 0
        self.setLevel(std_logging.WARNING)

    def emit(self, record: std_logging.LogRecord) -> None:
        """Count a record."""
        kind, subtype = getattr(record, "type", ""), getattr(record, "subtype", "")
        if kind == "fep" and record.levelno >= std_logging.ERROR:
            self.errors += 1
        elif (kind, subtype) in NOT_ABOUT_CONTENT:
            return
        elif not is_suppressed_warning(kind, subtype, self.app.config.suppress_warnings):
            self.warnings += 1


@contextmanager
def raising_os_errors(module: str) -> Iterator[None]:
    """Raise an error of the system that a module of Sphinx only warns of, inside this block.

    Without its style sheets, a site cannot be read, and the next build would be like it.

    :raises RepositoryError: There is one.
    """

    def raise_it(record: std_logging.LogRecord) -> bool:
        arguments = record.args if isinstance(record.args, tuple) else ()
        for error in arguments:
            if isinstance(error, OSError):
                place = error.filename2 or error.filename or "the files of the site"
                reason = os.strerror(error.errno or 0).lower()
                raise RepositoryError(f"{place}: cannot be written: {reason}")
        return True

    logger = std_logging.getLogger(f"sphinx.{module}")
    logger.addFilter(raise_it)
    try:
        yield
    finally:
        logger.removeFilter(raise_it)


MAX_LINE = 2000
"""How many characters of a line of a warning are shown: docutils may quote 80,000 of a text."""


def escape_warnings() -> None:
    """Make Sphinx's warnings safe to print, also those of ``sphinx-build``."""
    for handler in std_logging.getLogger(NAMESPACE).handlers:
        if isinstance(handler, WarningStreamHandler):
            handler.addFilter(_escape_record)


def _escape_record(record: std_logging.LogRecord) -> bool:
    """Escape a record, and what it is about: the name of a file may have line breaks."""
    location = getattr(record, "location", None)
    if isinstance(location, str):
        record.location = safe(location, MAX_LOCATION)
    # Not Sphinx's own getMessage(), which begins with the location.
    lines = std_logging.LogRecord.getMessage(record).split("\n")
    record.msg, record.args = "\n".join(safe(line, MAX_LINE) for line in lines), ()
    return True


MAX_LOCATION = 1200
"""How many characters of a location are shown; the message comes after it, on the same line."""


class SafeStream(StringIO):
    """Writes Sphinx's warnings with short paths, and without control characters.

    See docs/security.rst, *sec-output*.
    """

    def __init__(self, stream: Writer, root: Path) -> None:
        super().__init__()
        self.stream = stream
        self.prefix = f"{root.resolve()}/"

    def write(self, text: str) -> int:
        """Write *text*, line by line."""
        for line in text.replace(self.prefix, "").split("\n"):
            if line:
                self.stream.write(f"{safe(line, MAX_LINE)}\n")
        return len(text)

    def flush(self) -> None:
        """Flush the stream."""
        self.stream.flush()
