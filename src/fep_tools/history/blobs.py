"""What the headers of every version of every file say, each version read once.

A blob's id stands for its content, so what was read from it is true for ever.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import get_args

from .._cache import Cache, key, tool
from ..process.model import Process
from ..process.schema import Dialect
from ..proposals.preamble import Preamble
from .git import GitRepository
from .model import HeaderValues

_NONE: HeaderValues = {}


@dataclass(frozen=True)
class BlobHeaders:
    """The values of blobs, under a process."""

    process: Process
    by_blob: dict[str, HeaderValues]
    _named: dict[str, dict[str, str] | None] = field(default_factory=dict)

    def values(self, path: str, blob: str) -> HeaderValues:
        """What that version says; the folder's status where the process keeps it there."""
        values = self.by_blob.get(blob, _NONE)
        folder = (self._match(path) or _NONE).get("status")
        if folder is None:
            return values
        named = {status.name.casefold(): status.name for status in self.process.statuses}
        return {**values, "status": named.get(folder.casefold(), folder)}

    def number(self, path: str, values: HeaderValues) -> int | None:
        """The number of the file at *path*: its name's, or else its header's."""
        named = self._match(path)
        if named is not None:
            return int(named["number"])
        written = values.get("number", "")
        return int(written) if re.fullmatch(r"[0-9]{1,4}", written) else None

    def _match(self, path: str) -> dict[str, str] | None:
        """What the name of *path* says; few paths have many versions."""
        if path not in self._named:
            self._named[path] = self.process.files.match(path)
        return self._named[path]


def read(git: GitRepository, blobs: Iterable[str], process: Process, cache: Cache) -> BlobHeaders:
    """The values of *blobs*: remembered, or read now from one process."""
    name = key("versions", tool(), process.dialect, *map(str, sorted(_keys(process).items())))
    known = _load(cache.get([name]).get(name, ""))
    wanted = dict.fromkeys(blobs)
    missing = [blob for blob in wanted if blob not in known]
    if missing:
        known |= _fresh(git, missing, process)
        cache.put({name: _dump(known)})
    return BlobHeaders(process, known)


def _fresh(git: GitRepository, blobs: list[str], process: Process) -> dict[str, HeaderValues]:
    keys = _keys(process)
    found: dict[str, HeaderValues] = {}
    seen: dict[bytes, HeaderValues] = {}
    for blob, data in git.read_blobs(blobs):
        block = _block(data, process)
        if block not in seen:
            seen[block] = _values(block, process, keys)
        found[blob] = seen[block]
    return found


def _values(block: bytes, process: Process, keys: dict[str, str]) -> HeaderValues:
    """What the headers say; before its community chose a dialect, a file may be in another."""
    text = block.decode("utf-8", "replace").replace("\r\n", "\n")
    dialects = (process.dialect, *(d for d in get_args(Dialect) if d != process.dialect))
    read = (Preamble.read(text, dialect).fields for dialect in dialects)
    values: dict[str, str] = {}
    for header in next((fields for fields in read if fields), ()):
        if header.name in keys:
            words = [word for line in header.lines for word in line.text.split()]
            values.setdefault(keys[header.name], " ".join(words))
    return values


def _keys(process: Process) -> dict[str, str]:
    """The key of every header by its name, and by the names that it had."""
    return {name: h.key for h in process.headers for name in (*h.formerly, h.name)}


def _block(data: bytes, process: Process) -> bytes:
    """The part of a file that its headers are in; most versions share it with another."""
    if process.dialect != "rfc2822":
        return data
    end = data.find(b"\n\n", len(data) - len(data.lstrip()))
    return data if end < 0 else data[:end]


def _dump(known: dict[str, HeaderValues]) -> str:
    """Every different set of values once, and for each blob which one it has."""
    places: dict[int, int] = {}
    rows: list[HeaderValues] = []
    for values in known.values():
        if id(values) not in places:
            places[id(values)] = len(rows)
            rows.append(values)
    return json.dumps([rows, {blob: places[id(values)] for blob, values in known.items()}])


def _load(text: str) -> dict[str, HeaderValues]:
    try:
        rows, places = json.loads(text)
        return {blob: rows[place] for blob, place in places.items()}
    except (ValueError, TypeError, AttributeError, IndexError):
        return {}
