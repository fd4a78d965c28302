"""Which files are proposals, and their bytes, safely (SEC-A5, SEC-D6)."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatchcase
from pathlib import Path

from .._files import read_file, Refusal
from .rst.allowlist import IMAGE_DEPTH, IMAGES

_WILD = frozenset("*?[")

ATTRIBUTES = ".gitattributes"
"""A file by which git writes other bytes into a checkout than were committed."""

CONFIGURATION = "docutils.conf"
"""A file that docutils and Sphinx obey wherever they find it beside a source (SEC-A2)."""


def find_interfering_files(root: Path, include: Sequence[str]) -> list[str]:
    """The paths of files at *root*, or among the proposals, that change how they are read."""
    folders = {"", *(glob.rpartition("/")[0] for glob in include)}
    found = discover(root, [f"{folder}/{CONFIGURATION}".lstrip("/") for folder in folders])
    there = ["", *discover(root, [folder for folder in folders if folder])]
    attributes = [f"{folder}/{ATTRIBUTES}".lstrip("/") for folder in there]
    return [*found, *(path for path in attributes if _converts(read_file(root, path)))]


def _converts(source: bytes | Refusal) -> bool:
    """Whether a file of git's attributes has the bytes of other files changed."""
    lines = source.splitlines() if isinstance(source, bytes) else []
    return any(b"working-tree-encoding=" in line and not line.startswith(b"#") for line in lines)


def find_images(root: Path, include: Sequence[str]) -> list[str]:
    """The paths of the pictures that lie beside proposals, or in folders there, sorted."""
    folders = {glob.rpartition("/")[0] for glob in include}
    there = {f for f in folders if not _WILD.intersection(f)}
    there.update(discover(root, [*folders - there]))
    return sorted({path for f in there for path in _pictures(root / f, f"{f}/".lstrip("/"))})


def _pictures(folder: Path, prefix: str, depth: int = IMAGE_DEPTH) -> Iterator[str]:
    """Paths of pictures below *folder*; what is behind links is none."""
    for entry in _entries(folder):
        if entry.name.lower().endswith(IMAGES):
            if entry.is_file(follow_symlinks=False):
                yield prefix + entry.name
        elif depth and entry.is_dir(follow_symlinks=False):
            yield from _pictures(folder / entry.name, f"{prefix}{entry.name}/", depth - 1)


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    """What is in *folder* and neither hidden nor a remnant of an editor."""
    try:
        found = os.scandir(folder)
    except OSError:
        return []
    with found:
        return [e for e in found if e.name[0] not in ".#" and e.name[-1] != "~"]


def discover(root: Path, include: Sequence[str], exclude: Sequence[str] = ()) -> list[str]:
    """The paths of everything that is looked at, relative to *root* and with ``/``, sorted."""
    found = {path for glob in include for path in _match(root, glob.split("/"))}
    return sorted(path for path in found if not any(fnmatchcase(path, g) for g in exclude))


def stamp_files(root: Path, paths: Iterable[str], now: float) -> str | None:
    """What stands for the contents of the files at *paths*, without opening them.

    Every write changes the time of a file's last change, which nobody can set back. ``None``
    where one was changed so near to *now* (seconds since the epoch) that a clock could miss
    the next change.
    """
    told = []
    folder = os.fspath(root)
    for path in paths:
        try:
            file = os.lstat(f"{folder}/{path}")
        except OSError:
            return None
        if file.st_ctime > now - SETTLE_SECONDS:
            return None
        times = (file.st_ino, file.st_mode, file.st_size, file.st_mtime_ns, file.st_ctime_ns)
        told.append(f"{path}\0{times}")
    return "\n".join(told)


SETTLE_SECONDS = 2.0
"""Seconds after which a file's times can be relied on; some file systems count in twos."""


def matches(path: str, include: Sequence[str], exclude: Sequence[str] = ()) -> bool:
    """Whether :func:`discover` would look at *path*."""
    parts = path.split("/")
    if any(part.startswith((".", "#")) or part.endswith("~") for part in parts):
        return False
    return any(_matches(parts, glob.split("/")) for glob in include) and not any(
        fnmatchcase(path, glob) for glob in exclude
    )


def _matches(parts: Sequence[str], globs: Sequence[str]) -> bool:
    return len(parts) == len(globs) and all(map(fnmatchcase, parts, globs))


def _match(folder: Path, parts: list[str], prefix: str = "") -> Iterator[str]:
    """Paths below *folder* that match *parts*; folders behind links are not entered."""
    head, *rest = parts
    if not rest and not _WILD.intersection(head):
        yield from [prefix + head] if os.path.lexists(folder / head) else []
        return
    for entry in _entries(folder):
        name = entry.name
        if not fnmatchcase(name, head):
            continue
        if not rest:
            yield prefix + name
        elif entry.is_dir(follow_symlinks=False):
            yield from _match(folder / name, rest, f"{prefix}{name}/")
