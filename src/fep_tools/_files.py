"""Read one file of an untrusted repository: never through a link, and never more than a limit.

:func:`read_file` returns bytes or a :class:`Refusal` instead of raising (see docs/security.rst,
*sec-reading*).
"""

from __future__ import annotations

import codecs
import os
import stat
from dataclasses import dataclass
from pathlib import Path

from .diagnostics import Span
from .errors import FepError

MAX_FILE_BYTES = 1024 * 1024
"""The largest file that is read; the largest of 736 PEPs has 121 KB."""

# O_NOFOLLOW: a file may turn into a link after lstat() has looked at it. O_NONBLOCK: opening a
# pipe would otherwise wait for somebody to write into it. Windows has neither.
_OPEN_FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)

_REFUSED_KINDS = (
    (stat.S_ISLNK, "is a link", "put the file itself here"),
    (stat.S_ISDIR, "is a directory", "a proposal is a file"),
    (stat.S_ISFIFO, "is a pipe", "a proposal is a file"),
    (stat.S_ISSOCK, "is a socket", "a proposal is a file"),
)


@dataclass(frozen=True, slots=True)
class Refusal:
    """The reason why a file is not read any further, and what to do about it.

    *message* continues a sentence that begins with the file's path.

    :param is_decoded: Whether its text could be read all the same: in another encoding, or with
        U+FFFD in place of control characters. Rules do not check it, but it is published.
    :param keeps_text: Whether its text was read as it is, so that it can be written again.
    """

    message: str
    help: str = ""
    span: Span = Span(1, 1)
    is_decoded: bool = False
    keeps_text: bool = False


FileContent = bytes | Refusal
"""The bytes of a file, or why it was not read."""


def read_file(root: Path, path: str, limit: int = MAX_FILE_BYTES) -> FileContent:
    """Return the bytes of the regular file at *path*, or why it was not opened.

    :param path: Its path from *root*; neither it nor a directory on the way may be a link.
    :param limit: The largest size in bytes.
    """
    if os.path.isabs(path) or ".." in path.split("/"):
        return Refusal("is outside of the repository", "put the file into the repository")
    if _is_behind_link(root, path):
        return Refusal("is in a directory that is a link", "put the directory itself here")
    full_path = root / path
    try:
        mode = full_path.lstat().st_mode
        for is_kind, message, help_ in _REFUSED_KINDS:
            if is_kind(mode):
                return Refusal(message, help_)
        return _read_regular(full_path, limit)
    except OSError as problem:
        return Refusal(f"cannot be read: {os.strerror(problem.errno or 0).lower()}")


def _is_behind_link(root: Path, path: str) -> bool:
    """Return whether a directory between *root* and the file at *path* is a link."""
    directory = os.path.dirname(path)
    while directory:
        if os.path.islink(os.path.join(root, directory)):
            return True
        directory = os.path.dirname(directory)
    return False


def _read_regular(full_path: Path, limit: int) -> FileContent:
    descriptor = os.open(full_path, _OPEN_FLAGS)
    with open(descriptor, "rb") as file:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            return Refusal("is not a regular file", "a proposal is a file")
        if status.st_size > limit:
            return too_large(status.st_size)
        return file.read(limit + 1)


def too_large(size: int) -> Refusal:
    """Return the refusal of a file with *size* bytes."""
    message = f"is {size / MAX_FILE_BYTES:.1f} MiB large; a file has at most 1 MiB"
    return Refusal(message, "split the proposal")


def as_text(source: FileContent) -> str:
    """Return what was read as text; empty if the file was not read."""
    return source.decode("utf-8", "replace") if isinstance(source, bytes) else ""


def is_text(source: FileContent) -> bool:
    """Return whether a file was read and is UTF-8, so that its text can be written again."""
    return isinstance(source, bytes) and as_text(source).encode() == source


def find_git_root(directory: Path) -> Path | None:
    """Return the nearest directory from *directory* upwards that has ``.git``."""
    real = Path(os.path.realpath(directory))
    return next((path for path in (real, *real.parents) if (path / ".git").exists()), None)


def path_below(root: Path, file: Path) -> str | None:
    """Return the path of *file* from *root*, with ``/``; ``None`` if it is not below it.

    Shells and editors name a file by the way that they came: ``/tmp/r/a.rst`` is
    ``/private/tmp/r/a.rst`` on macOS. So links on the way are resolved, on both sides, but not
    the file itself: a proposal that is a link is reported as one.
    """
    # realpath() and not resolve(), which raises RuntimeError for links that lead in a circle
    # until Python 3.13.
    real_root, real_file = Path(os.path.realpath(root)), Path(os.path.realpath(file))
    located = Path(os.path.realpath(file.parent)) / file.name
    # os.path.isdir(), since that of Path raises OSError for a name that no file can have.
    is_directory = file.name == ".." or os.path.isdir(real_file)
    for candidate in (real_file,) if is_directory else (located, real_file):
        if candidate.is_relative_to(real_root):
            return candidate.relative_to(real_root).as_posix()
    return None


def read_text(root: Path, path: str, error: type[FepError]) -> str | None:
    """Return the text of a settings file of the repository, or ``None`` if it does not exist.

    Its directory may be a link to another one of the repository.

    :param error: the exception for a file that cannot be read, or is outside of *root*.
    """
    if not os.path.lexists(root / path):
        return None
    located = path_below(root, root / path)
    if located is None:
        raise error(f"{path}: is outside of {root}")
    data = read_file(root, located)
    if isinstance(data, Refusal):
        raise error(f"{path}: {data.message}")
    return decode_settings(data, path, error)


def plain(data: bytes) -> bytes:
    """Return *data* without a byte order mark, and with LF at the end of its lines."""
    return data.removeprefix(codecs.BOM_UTF8).replace(b"\r\n", b"\n")


def decode_settings(data: bytes, name: str, error: type[FepError]) -> str:
    """Return the text of a settings file, with LF at the end of its lines.

    Editors on Windows write a byte order mark, and git may have written CR LF.

    :param name: the name of the file in messages.
    """
    try:
        return plain(data).decode("utf-8")
    except UnicodeDecodeError:
        raise error(f"{name}: cannot be read: it is not UTF-8") from None
