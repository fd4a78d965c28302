"""Sphinx's index of the search, which is read only if the last build has written it.

It is in the directory of the site, where a pull request may have prepared another one, and Sphinx
reads it to add pages: with the builder ``pickle``, by unpickling it. See docs/security.rst,
*sec-cache*.
"""

from __future__ import annotations

import os
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any, IO, TYPE_CHECKING

from .._cache import key
from .._text import digest
from .page_files import write_if_changed

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class RecordedIndex:
    """A format of the index that records what it writes, and reads nothing else.

    :param form: The format of the builder: ``pickle``, a module like ``json``, or an object.
    :param record: A file outside of the directory of the site.
    """

    def __init__(self, form: Any, record: Path) -> None:
        self._form = form
        self._record = record

    def dump(self, data: dict[str, Any], file: IO[Any]) -> None:
        """Write the index, and record it."""
        buffer: Any = BytesIO() if "b" in file.mode else StringIO()
        self._form.dump(data, buffer)
        content = buffer.getvalue()
        write_if_changed(self._record, key(content))
        file.write(content)

    def load(self, file: IO[Any]) -> dict[str, Any]:
        """Read the index.

        :raises ValueError: If it is not the recorded one; Sphinx then makes another.
        """
        content = file.read()
        if not self._record.is_file() or self._record.read_bytes() != key(content):
            raise ValueError("the index was not written by the last build")
        buffer: Any = StringIO(content) if isinstance(content, str) else BytesIO(content)
        loaded: dict[str, Any] = self._form.load(buffer)
        return loaded


def record_index(app: Sphinx) -> None:
    """Let the builder of a site record its index."""
    builder: Any = app.builder
    if hasattr(builder, "indexer_format"):
        index = Path(builder.outdir, builder.searchindex_filename)
        record = _record_of(index, Path(builder.doctreedir))
        builder.indexer_format = RecordedIndex(builder.indexer_format, record)


def remove_index(index: Path, doctrees: Path) -> None:
    """Remove the index of the last build, if it has one."""
    record = _record_of(index, doctrees)
    if record.is_file():
        index.unlink(missing_ok=True)
        record.unlink()


def _record_of(index: Path, doctrees: Path) -> Path:
    """Return the record of an index; several builders may share a directory of doctrees."""
    return doctrees / f"search-{digest(os.fsencode(index), 8).hex()}.digest"


def register(app: Sphinx) -> None:
    """Connect to the event after which builders read their index."""
    app.connect("builder-inited", record_index)
