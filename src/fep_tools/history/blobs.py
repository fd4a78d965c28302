"""Read the headers of every version of every file, each version once.

A version is a blob, and the id of a blob stands for its content: what was read from it is
remembered forever.
"""

from __future__ import annotations

import json
import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field
from typing import get_args

from .._cache import Cache, key, tool
from .._decoding import decode_text
from .._numbers import NUMBER
from .._text import leading_choice, parse_json
from ..process.model import Process
from ..process.schema import Dialect, Header
from ..proposals.preamble import Preamble
from .git import GitRepository
from .model import HeaderValues

_NO_VALUES: HeaderValues = {}


@dataclass(frozen=True)
class BlobHeaders:
    """The headers of blobs, as a process names them.

    Blobs with the same headers share one object, which :mod:`.replay` relies on for speed.
    """

    process: Process
    by_blob: dict[str, HeaderValues]
    _path_fields: dict[str, dict[str, str] | None] = field(default_factory=dict)

    def values(self, path: str, blob: str) -> HeaderValues:
        """Return the headers of a version; its directory decides its status where it does so."""
        values = self.by_blob.get(blob, _NO_VALUES)
        directory = (self._match(path) or _NO_VALUES).get("status")
        if directory is None:
            return values
        names = {status.name.casefold(): status.name for status in self.process.statuses}
        return {**values, "status": names.get(directory.casefold(), directory)}

    def number(self, path: str, values: HeaderValues) -> int | None:
        """Return the number of the file at *path*: its name's, or else its header's."""
        path_fields = self._match(path)
        if path_fields is not None:
            return int(path_fields["number"])
        number = values.get("number", "")
        return int(number) if re.fullmatch(NUMBER, number) else None

    def _match(self, path: str) -> dict[str, str] | None:
        # Remembered: few paths have many versions.
        if path not in self._path_fields:
            self._path_fields[path] = self.process.files.match(path)
        return self._path_fields[path]


def read_headers(
    git: GitRepository, blobs: Iterable[str], process: Process, cache: Cache
) -> BlobHeaders:
    """Return the headers of *blobs*, from the cache or from git."""
    cache_key = key("blob headers", tool(), _reading(process))
    by_blob = _load(cache.get([cache_key]).get(cache_key, ""))
    if added := _read_blobs(git, _unread(blobs, by_blob), process):
        by_blob |= added
        cache.put({cache_key: _dump(by_blob)})
    return BlobHeaders(process, by_blob)


def _unread(blobs: Iterable[str], known: Container[str]) -> Iterator[str]:
    """Yield each of *blobs* once, without those that are known."""
    seen: set[str] = set()
    for blob in blobs:
        if blob not in seen and blob not in known:
            seen.add(blob)
            yield blob


def _read_blobs(
    git: GitRepository, blobs: Iterator[str], process: Process
) -> dict[str, HeaderValues]:
    keys = _header_keys(process)
    by_blob: dict[str, HeaderValues] = {}
    by_block: dict[bytes, HeaderValues] = {}
    for blob, data in git.read_blobs(blobs):
        block = _header_block(data, process)
        if block not in by_block:
            by_block[block] = _parse_headers(block, process, keys)
        by_blob[blob] = by_block[block]
    return by_blob


def _parse_headers(block: bytes, process: Process, keys: dict[str, Header]) -> HeaderValues:
    """Return the headers in the dialect of the process, or else in another one.

    DEPs began as ``DEP: 7`` and became field lists, ``:DEP: 7``, later.
    """
    # Old versions may be in Latin-1. A file may begin as text and go on as something else.
    text = decode_text(block)[0] or block.decode("utf-8", "replace")
    dialects = (process.dialect, *(d for d in get_args(Dialect) if d != process.dialect))
    fields_by_dialect = (Preamble.parse(text, dialect).fields for dialect in dialects)
    values: dict[str, str] = {}
    for field_ in next((fields for fields in fields_by_dialect if fields), ()):
        header = keys.get(field_.name.casefold())
        if header is None:
            continue
        text = " ".join(word for line in field_.lines for word in line.text.split())
        if header.key not in values:
            values[header.key] = text
        elif header.repeated:
            values[header.key] += f", {text}"
    status = process.header_for("status")
    if status and status.trailing_text and "status" in values:
        # "Withdrawn (superseded by 7)" and "Withdrawn" are one status.
        names = (name for each in process.statuses for name in (each.name, *each.formerly))
        values["status"] = leading_choice(values["status"], names) or values["status"]
    filled = [process.by_key[key].name for key, value in values.items() if value]
    if derived := process.derive_status(filled):
        values["status"] = derived
    return values


def _header_keys(process: Process) -> dict[str, Header]:
    """Return every header by its name and by its former names, without capitals."""
    former = {old.casefold(): header for header in process.headers for old in header.formerly}
    return former | {header.name.casefold(): header for header in process.headers}


def _reading(process: Process) -> str:
    """Return everything in the process that decides which values are read from a text."""
    keys = sorted((name, h.key, h.repeated) for name, h in _header_keys(process).items())
    status = process.header_for("status")
    names: tuple[object, ...] = ()
    if status and status.trailing_text:
        names = tuple((each.name, each.formerly) for each in process.statuses)
    if process.has_derived_status:
        names = tuple((each.name, each.with_, each.without) for each in process.statuses)
    return f"{process.dialect} {keys} {names}"


def _header_block(data: bytes, process: Process) -> bytes:
    """Return the part of a file that has its headers; most versions share it with another."""
    if process.dialect not in ("rfc2822", "yaml"):
        return data
    start = len(data) - len(data.lstrip())
    if process.dialect == "yaml":
        end = data.find(b"\n---", start)
        return data[: end + len(b"\n---")] if end >= 0 else data
    ends = [data.find(blank_line, start) for blank_line in (b"\n\n", b"\r\n\r\n")]
    return data[: min((end for end in ends if end >= 0), default=len(data))]


def _dump(by_blob: dict[str, HeaderValues]) -> str:
    """Return JSON, with all blobs that share their headers in one group.

    ``[{"values": {"status": "Draft", ...}, "blobs": ["8c7e...", ...]}, ...]``
    """
    blobs_by_values: dict[int, list[str]] = {}
    for blob, values in by_blob.items():
        blobs_by_values.setdefault(id(values), []).append(blob)
    groups = blobs_by_values.values()
    return json.dumps([{"values": by_blob[blobs[0]], "blobs": blobs} for blobs in groups])


def _load(text: str) -> dict[str, HeaderValues]:
    try:
        return {blob: group["values"] for group in parse_json(text) for blob in group["blobs"]}
    except (ValueError, TypeError, LookupError):
        return {}
