"""The only place that writes into a repository: atomically, and never through a link (SEC-F1)."""

from __future__ import annotations

import difflib
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ._text import safe
from .errors import RepositoryError


def replace(root: Path, path: str, data: bytes) -> None:
    """Put *data* in place of the file at *path*, keeping its mode; raises RepositoryError."""
    target = _target(root, path)
    mode = target.lstat().st_mode
    if not stat.S_ISREG(mode):
        raise RepositoryError(f"{path}: is not a regular file; it was not changed")
    if not os.access(target, os.W_OK):
        raise RepositoryError(f"{path}: is read-only; it was not changed")
    temporary = target.with_name(f".fep-{os.getpid()}.tmp")
    try:
        _write(temporary, data, stat.S_IMODE(mode))
        os.replace(temporary, target)
    except BaseException:
        with suppress(FileNotFoundError):
            temporary.unlink()
        raise


def create(root: Path, path: str, data: bytes) -> bool:
    """Make the file at *path*; ``False`` if there is one already, which stays as it is.

    The file appears whole or not at all, and of two that want one name, one gets it.
    """
    target = _target(root, path)
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = target.with_name(f".fep-{os.getpid()}.tmp")
    try:
        _write(temporary, data, 0o666 & ~_umask())
        try:
            os.link(temporary, target)
        except FileExistsError:
            return False
    finally:
        with suppress(FileNotFoundError):
            temporary.unlink()
    return True


@contextmanager
def claim(root: Path, path: str) -> Iterator[bool]:
    """Whether nobody else is about to make *path*; nobody else will be, in the block."""
    target = _target(root, path)
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        _write(target, b"", 0o600)
    except FileExistsError:
        yield False
        return
    try:
        yield True
    finally:
        target.unlink()


def remove(root: Path, path: str) -> None:
    """Take the file at *path* away."""
    _target(root, path).unlink()


def write_if_changed(path: Path, data: bytes) -> None:
    """Put *data* at *path*, which the operator names, whole or not at all.

    A device or a pipe is written to. A link is not followed, and no folder below the current
    one that is a link: whoever wrote the checkout may have made it.
    """
    if path.parent == Path("/dev") or (path.exists() and not path.is_file()):
        path.write_bytes(data)
        return
    linked = (path, *(() if path.is_absolute() else path.parents))
    if link := next((place for place in linked if place.is_symlink()), None):
        raise RepositoryError(f"{link}: is a link; nothing was written")
    temporary = path.with_name(f".fep-{os.getpid()}.tmp")
    try:
        _write(temporary, data, 0o666 & ~_umask())
        os.replace(temporary, path)
    except OSError as problem:
        reason = os.strerror(problem.errno or 0).lower()
        raise RepositoryError(f"{path}: cannot be written: {reason}") from None
    finally:
        with suppress(OSError):
            temporary.unlink()


def unified_diff(path: str, old: str, new: str) -> str:
    """A unified diff, safe for a terminal."""
    lines = difflib.unified_diff(_lines(old), _lines(new), f"a/{path}", f"b/{path}")
    return "".join(f"{_shown(line)}\n" for line in lines)


def _lines(text: str) -> list[str]:
    """*text* in lines with their ends; only a line feed ends a line."""
    *whole, last = text.split("\n")
    return [f"{line}\n" for line in whole] + ([last] if last else [])


def _shown(line: str) -> str:
    r"""A line of a diff; one that has no end is marked as ``diff`` and ``patch`` have it."""
    shown = safe(line.removesuffix("\n").removesuffix("\r"), None)
    return shown if line.endswith("\n") else f"{shown}\n\\ No newline at end of file"


def _target(root: Path, path: str) -> Path:
    """The full path, none of its folders a link that leads out of *root*."""
    if not (root / path).parent.resolve().is_relative_to(root.resolve()):
        raise RepositoryError(f"{path}: is outside of {root}; it was not changed")
    return root / path


def _write(path: Path, data: bytes, mode: int) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
    with open(os.open(path, flags, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    path.chmod(mode)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
