"""Warnings about pages that a build does not make again.

Sphinx reads and writes a page again only if something has changed, and warns only then. A second
build of the same files would find nothing wrong. So the warnings of a build are recorded, and
those about pages that the next build leaves as they are are repeated.
"""

from __future__ import annotations

import json
import logging as std_logging
import time
from collections.abc import Iterable
from io import StringIO
from pathlib import Path
from typing import NamedTuple, TYPE_CHECKING

from sphinx.util import logging
from sphinx.util.logging import SafeEncodingWriter, WarningStreamHandler

from .._text import parse_json
from .page_files import write_if_changed
from .parallel import PAGES_WRITTEN

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

READING, COMPARING, WRITING = "reading", "comparing", "writing"
"""The phases of a build. In the second one Sphinx compares all pages, if any was read."""

logger = logging.getLogger(__name__)


class PastWarning(NamedTuple):
    """A warning as it is recorded."""

    page: str
    phase: str
    level: int
    message: str
    location: str
    kind: str
    subtype: str


class WarningRecorder(WarningStreamHandler):
    """Records the warnings of a build, and repeats those of the last one.

    Sphinx holds warnings back, and gives them later to handlers of this class alone.

    :param path: The file of the record.
    """

    def __init__(self, app: Sphinx, path: Path) -> None:
        super().__init__(SafeEncodingWriter(StringIO()))
        self.setLevel(std_logging.WARNING)
        self._app = app
        self._path = path
        self._starts: list[tuple[float, str]] = []  # of each phase, as the time of a record
        self._is_finished = False
        self._made: set[tuple[str, str]] = set()
        self._recorded: list[PastWarning] = []
        # After our own handlers of these events, whose warnings come in every build.
        app.connect("env-before-read-docs", self._on_reading, 950)
        app.connect("env-updated", self._on_updated, 950)
        app.connect("env-check-consistency", self._on_comparing, 0)
        app.connect("write-started", self._on_writing, 0)
        app.connect("doctree-resolved", self._on_resolved, 0)
        app.connect(PAGES_WRITTEN, self._on_written)

    def _on_reading(self, _app: Sphinx, _env: BuildEnvironment, pages: list[str]) -> None:
        self._starts.append((time.time(), READING))
        self._made.update((page, READING) for page in pages)

    def _on_updated(self, _app: Sphinx, _env: BuildEnvironment) -> None:
        # The domains compare before the event "env-check-consistency".
        self._starts.append((time.time(), COMPARING))

    def _on_comparing(self, _app: Sphinx, _env: BuildEnvironment) -> None:
        self._made.add(("", COMPARING))
        self._starts.append((time.time(), WRITING))

    def _on_writing(self, _app: Sphinx, _builder: object) -> None:
        # Pages that are missing are written even if nothing is compared.
        self._starts.append((time.time(), WRITING))

    def _on_resolved(self, _app: Sphinx, _tree: object, page: str) -> None:
        self._made.add((page, WRITING))

    def _on_written(self, _app: Sphinx, pages: Iterable[str]) -> None:
        self._made.update((page, WRITING) for page in pages)

    def emit(self, record: std_logging.LogRecord) -> None:
        """Record a warning about a page. Sphinx has turned its location into text."""
        location = str(getattr(record, "location", None) or "")
        path = location.partition(":")[0]
        page = self._app.project.path2doc(path) if path else None
        phase = next((name for start, name in self._starts[::-1] if start <= record.created), "")
        if not page or not phase or self._is_finished:
            return
        kind, subtype = getattr(record, "type", "") or "", getattr(record, "subtype", "") or ""
        message = std_logging.LogRecord.getMessage(record)
        for ending in (f" [{kind}.{subtype}]", f" [{kind}]"):
            message = message.removesuffix(ending)
        self._recorded.append(
            PastWarning(page, phase, record.levelno, message, location, kind, subtype)
        )

    def finish(self, *, repeat: bool) -> None:
        """Write the record, after repeating the warnings that still hold."""
        self._is_finished = True
        kept = [past for past in self._read() if self._holds(past)]
        for past in kept if repeat else ():
            logger.log(
                past.level,
                "%s",
                past.message,
                # Sphinx takes a location without a line for the name of a page.
                location=past.location if ":" in past.location else past.page,
                type=past.kind,
                subtype=past.subtype,
            )
        record = [*kept, *self._recorded]
        write_if_changed(self._path, json.dumps(record, indent=0).encode())

    def _holds(self, past: PastWarning) -> bool:
        page = "" if past.phase == COMPARING else past.page
        return past.page in self._app.env.found_docs and (page, past.phase) not in self._made

    def _read(self) -> list[PastWarning]:
        try:
            return [PastWarning(*row) for row in parse_json(self._path.read_text("utf-8"))]
        except (OSError, ValueError, TypeError):
            return []
