"""Wheels and sdists for tests, good and bad."""

from __future__ import annotations

import gzip
import io
import tarfile
import warnings
import zipfile
from collections.abc import Iterable

Entries = Iterable[tuple[str | zipfile.ZipInfo, bytes]]

SOURCE = b"import flask\n"


def wheel(*entries: tuple[str | zipfile.ZipInfo, bytes], stored: bool = False) -> bytes:
    """Return a zip file with *entries*, compressed unless *stored*."""
    buffer = io.BytesIO()
    method = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(buffer, "w", method) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # zipfile warns of duplicate names
        for name, content in entries:
            archive.writestr(name, content, method)
    return buffer.getvalue()


def tar(*entries: tuple[str | tarfile.TarInfo, bytes], format_: int = tarfile.GNU_FORMAT) -> bytes:
    """Return a tar file with *entries*; a ``TarInfo`` keeps its type."""
    buffer = io.BytesIO()
    with tarfile.open(
        fileobj=buffer, mode="w", format=format_, errors="surrogateescape", encoding="utf-8"
    ) as archive:
        for name, content in entries:
            info = tarfile.TarInfo(name) if isinstance(name, str) else name
            info.size = len(content) if info.isreg() else info.size
            archive.addfile(info, io.BytesIO(content))
    return buffer.getvalue()


def sdist(*entries: tuple[str | tarfile.TarInfo, bytes]) -> bytes:
    """Return a ``.tar.gz`` file with *entries*."""
    return gzip.compress(tar(*entries))


def tar_info(name: str, kind: bytes, target: str = "") -> tarfile.TarInfo:
    """Return the header of a special member."""
    info = tarfile.TarInfo(name)
    info.type = kind
    info.linkname = target
    return info
