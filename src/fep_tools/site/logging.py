"""What a build tells: counted, and made fit for a terminal."""

from __future__ import annotations

import logging as standard
from io import StringIO
from pathlib import Path
from typing import TextIO

from sphinx.application import Sphinx
from sphinx.util.logging import is_suppressed_warning, SafeEncodingWriter, WarningStreamHandler

from .._text import safe


class CountingHandler(WarningStreamHandler):
    """Counts what is told: errors of ours, which mean that something is missing, and the rest."""

    def __init__(self, app: Sphinx) -> None:
        super().__init__(SafeEncodingWriter(StringIO()))
        self.app = app
        self.errors = 0
        self.warnings = 0
        self.setLevel(standard.WARNING)

    def emit(self, record: standard.LogRecord) -> None:
        """Count a record."""
        kind, part = getattr(record, "type", ""), getattr(record, "subtype", "")
        if kind == "fep" and record.levelno >= standard.ERROR:
            self.errors += 1
        elif (kind, part) == ("fep", "shallow"):
            return  # of the clone, and not of what is in it: a site can be made all the same
        elif not is_suppressed_warning(kind, part, self.app.config.suppress_warnings):
            self.warnings += 1


class SafeStream(StringIO):
    """Lines for a person: nothing in them that a terminal or a log obeys, and paths short."""

    def __init__(self, stream: TextIO, root: Path) -> None:
        super().__init__()
        self.stream = stream
        self.folder = f"{root.resolve()}/"

    def write(self, text: str) -> int:
        """Pass *text* on, line by line."""
        for line in text.replace(self.folder, "").split("\n"):
            if line:
                self.stream.write(f"{safe(line, None)}\n")
        return len(text)

    def flush(self) -> None:
        """Pass that on as well."""
        self.stream.flush()
