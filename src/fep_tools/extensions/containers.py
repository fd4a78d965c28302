"""The members of zip and tar files, read one by one and within limits."""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Self

_MIB = 1024 * 1024

SMALL = 64 * 1024
"""Bytes that may be compressed by any ratio: an empty file of spaces is no attack."""


@dataclass(frozen=True)
class Limits:
    """Limits of one archive.

    :param data: bytes of the archive.
    :param members: number of members.
    :param source: bytes of one Python file.
    :param total: bytes of all Python files of a zip file, or of everything in a tar file.
    :param ratio: how many times larger than its compressed form something may be.
    """

    data: int = 64 * _MIB
    members: int = 20_000
    source: int = 4 * _MIB
    total: int = 128 * _MIB
    ratio: int = 200


class Refused(Exception):
    """Something is not read; the message says why."""


class Stopped(Refused):
    """The rest of the archive is not read."""


@dataclass(frozen=True)
class Member:
    """A file in an archive, or what is there in its place.

    :param oddity: why it is not read, such as ``"is a link"``; empty for a regular file.
    :param size: its size, as the archive states it.
    :param packed: its size when compressed; 0 if that is unknown.
    :param read: returns its content, not more than *size*.
    """

    name: str
    oddity: str
    size: int
    packed: int
    read: Callable[[], bytes]


def format_size(number: int) -> str:
    """Return a number of bytes in words."""
    return f"{number // _MIB} MiB" if number >= _MIB else f"{number} bytes"


def read_members(data: bytes, filename: str, limits: Limits) -> Iterator[Member]:
    """Yield the files of an archive; the content of each must be read before the next.

    :param filename: the name of the archive, in lower case.
    :raises Refused: if the archive is not read, or not any further.
    """
    if filename.endswith((".whl", ".zip")):
        return _zip_members(data, limits)
    if filename.endswith((".tar.gz", ".tgz")):
        return _tar_members(data, limits)
    raise Refused("is neither a wheel nor an sdist in .tar.gz or .zip")


def _zip_members(data: bytes, limits: Limits) -> Iterator[Member]:
    # Each entry of the directory starts with these bytes. They are counted before the module
    # zipfile makes an object of some hundred bytes for each.
    if data.count(b"PK\x01\x02") > limits.members:
        raise Refused(f"has more than {limits.members} members")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for info in archive.infolist():
            # zipfile cuts a name off at a null byte; the name in the file is kept beside it. Of an
            # empty name, is_dir() raises IndexError.
            if info.orig_filename.endswith("/"):
                continue
            yield Member(
                info.orig_filename,
                _zip_oddity(info),
                info.file_size,
                max(info.compress_size, 1),
                lambda info=info: _read_zip(archive, info),  # type: ignore[misc]
            )


def _zip_oddity(info: zipfile.ZipInfo) -> str:
    """Return why a member is not read, such as its kind, by its mode as Unix writes it."""
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        # Others have errors and needs of memory of their own, and distributions do not have them.
        return "is compressed in a way that distributions are not"
    kind = info.external_attr >> 16 & 0o170000
    if kind == 0o120000:
        return "is a link"
    return "" if kind in (0, 0o100000) else "is a device or another special file"


def _read_zip(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    # Without a number, zipfile unpacks everything before it cuts off what the size does not allow.
    # One more byte makes it reach the end, where it compares the checksum.
    with archive.open(info) as file:
        return file.read(info.file_size + 1)


# Tar ----------------------------------------------------------------------------------------------


_FACTS = 4096
"""Bytes of a list of facts about a member; usual are a hundred.

Python 3.11.9 searches one of 60,000 digits for ten seconds (CVE-2024-6232), and an archive may have
thousands.
"""

_LONG_HEADERS = {
    tarfile.XHDTYPE: _FACTS,
    tarfile.XGLTYPE: _FACTS,
    tarfile.SOLARIS_XHDTYPE: _FACTS,
    tarfile.GNUTYPE_LONGNAME: SMALL,
    tarfile.GNUTYPE_LONGLINK: SMALL,
}
"""Headers that tarfile reads whole, and how large they may be: names of the next member, and other
facts about it."""


class _Header(tarfile.TarInfo):
    """A header that must be valid: tarfile takes a damaged one for the end of the file."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> Self:
        """Return the header in a block; see :meth:`tarfile.TarInfo.frombuf`."""
        try:
            header = super().frombuf(buf, encoding, errors)
        except tarfile.HeaderError as problem:
            if any(buf):
                raise tarfile.ReadError(str(problem)) from None
            raise  # a block of zeros is the end
        if header.size > _LONG_HEADERS.get(header.type, header.size):
            raise tarfile.ReadError("a header is too large")
        return header


def _tar_members(data: bytes, limits: Limits) -> Iterator[Member]:
    stream = _Unpacked(data, limits)
    # "r|" only reads forward. A negative size, which sends the other modes back to an earlier
    # member for ever (CVE-2025-8194), is an error here.
    with tarfile.open(
        fileobj=stream, mode="r|", errors="surrogateescape", tarinfo=_Header
    ) as archive:
        for info in archive:
            archive.members.clear()  # type: ignore[attr-defined]  # it would keep them all
            if not info.isdir():
                read = lambda info=info: _read_tar(archive, info)  # noqa: E731
                yield Member(info.name, _tar_oddity(info), info.size, 0, read)
    while stream.read(io.DEFAULT_BUFFER_SIZE):
        pass  # the checksum of gzip follows after the end of the tar file


def _tar_oddity(info: tarfile.TarInfo) -> str:
    """Return what a member is, if it is no regular file."""
    if info.issym():
        return "is a link"
    if info.islnk():
        return "is a hard link"
    if info.issparse():
        return "is a sparse file"
    return "" if info.isreg() else "is a device or another special file"


def _read_tar(archive: tarfile.TarFile, info: tarfile.TarInfo) -> bytes:
    file = archive.extractfile(info)
    return file.read() if file else b""


class _Unpacked(io.RawIOBase):
    """The content of a gzip file, up to the limits."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._file = gzip.GzipFile(fileobj=io.BytesIO(data))
        self._limit = min(limits.total, max(limits.ratio * len(data), SMALL))
        self._is_ratio = self._limit < limits.total
        self._limits = limits
        self._read = 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        chunk = self._file.read(size)
        self._read += len(chunk)
        if self._read > self._limit:
            if self._is_ratio:
                raise Stopped(f"is compressed more than {self._limits.ratio} times")
            raise Stopped(f"unpacks to more than {format_size(self._limits.total)}")
        return chunk
