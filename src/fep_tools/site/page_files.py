"""Files of pages: written whole or not at all, and recorded with a digest of what they show."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Set
from contextlib import contextmanager
from pathlib import Path

from .._cache import key
from ..errors import RepositoryError

_INCOMPLETE = ("", 0)
"""The entry of a page that a build has begun to write."""


class PageRecord:
    """What the last build wrote: the digest of each page, and the size of its file in bytes.

    The record is written last. While a page is written, it has its name, so that a stale one can
    be removed, but no digest: after an interrupted build, it is written again.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._entries = _read_entries(path)
        self._has_begun = False

    @property
    def digests(self) -> dict[str, str]:
        """The digests of the last build, by page."""
        return {page: digest for page, (digest, _size) in self._entries.items()}

    def is_current(self, page: str, digest: str, file: Path) -> bool:
        """Return whether *page* has that digest, and its file is as the last build left it."""
        recorded, size = self._entries.get(page, _INCOMPLETE)
        return recorded == digest and _size(file) == size

    def begin(self, kept: Set[str]) -> None:
        """Record that all pages but *kept* may be written from now on."""
        if not self._has_begun:
            self._has_begun = True
            entries = self._entries.items()
            self._write({p: entry if p in kept else _INCOMPLETE for p, entry in entries})

    def finish(self, digests: Mapping[str, str], files: Mapping[str, Path]) -> None:
        """Record the pages of this build; nothing is written if they are those of the last one."""
        entries = {page: (digest, _size(files[page])) for page, digest in digests.items()}
        if self._has_begun or entries != self._entries:
            self._write(entries)

    def _write(self, entries: Mapping[str, tuple[str, int]]) -> None:
        with replacing(self._path) as temporary:
            temporary.write_text(json.dumps(entries, indent=0), "utf-8")


def _read_entries(path: Path) -> dict[str, tuple[str, int]]:
    """Read a record; nothing for a missing or damaged one."""
    try:
        entries = json.loads(path.read_bytes())
        return {str(page): (str(digest), int(size)) for page, (digest, size) in entries.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def sizes(directory: Path, names: Iterable[str]) -> str:
    """Return a digest of the sizes of files, of which one may be missing, or may be cut off."""
    return key(*(f"{name} {_size(directory / name)}" for name in sorted(names))).hex()


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return -1


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a path to write to; the file there gets the name *path* at the end of the block.

    If the block fails, *path* is as it was. Nothing is synchronised with the disk: a site can be
    built again.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.tmp")
    try:
        yield temporary
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


def check_written(temporary: Path, output: str, page: Path) -> None:
    """Check that a file has the whole *output*: Sphinx only warns if it cannot write a page.

    :param page: The file that it will be.
    :raises RepositoryError: If it does not have it.
    """
    expected = output.encode("utf-8", "xmlcharrefreplace")
    try:
        is_whole = temporary.read_bytes().replace(os.linesep.encode(), b"\n") == expected
    except OSError:
        is_whole = False
    if not is_whole:
        raise RepositoryError(f"{page}: cannot be written; is the disk full?")


def write_if_changed(path: Path, data: bytes) -> None:
    """Write a file, unless it has that content already."""
    if path.is_file() and path.read_bytes() == data:
        return
    with replacing(path) as temporary:
        temporary.write_bytes(data)
