"""Write files atomically, and never through a link (see docs/security.rst, *sec-writing*).

Nothing else writes into a repository. :func:`replace`, :func:`create` and :func:`remove` take the
root of a repository and a path in it, and raise :class:`~fep_tools.errors.RepositoryError` if the
path leads out of it through a linked directory.
"""

from __future__ import annotations

import errno
import os
import re
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from .errors import RepositoryError

_UNSUPPORTED = frozenset({errno.EPERM, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP})
"""What a system call fails with on a file system that does not have the operation."""


_HINTS = {
    errno.EACCES: "; allow writing to its directory",
    errno.EDQUOT: "; delete something, and run it again",
    errno.ENOSPC: "; delete something, and run it again",
}

_TEMPORARY = re.compile(r"\.fep-[0-9a-f]+\.tmp")

LEFTOVER_SECONDS = 3600
"""How old a temporary file is that no process can be writing any more."""

LOCK_SECONDS = 60
"""How long :func:`exclusive` waits for another process."""

_LOCK_INTERVAL = 0.05
"""Seconds between two attempts to lock a directory."""


@contextmanager
def exclusive(root: Path, seconds: float | None = None, name: str = "") -> Iterator[None]:
    """Keep other processes from changing files below *root* in the same way, during the block.

    A command reads, decides and writes. Without a lock, eight transitions that add a number to the
    same header all read the old one, and one number of eight is left. The directory itself is
    locked: nothing is left behind if a process is killed. Windows, and file systems without locks,
    have only the comparison of :func:`replace`.

    :param seconds: how long to wait for another process. Default: :data:`LOCK_SECONDS`.
    :param name: what the error calls the directory. Default: its path.
    :raises RepositoryError: if another process has the lock for longer than that.
    """
    try:
        import fcntl
    except ImportError:  # Windows
        yield
        return
    descriptor = os.open(root, os.O_RDONLY)
    try:
        until = time.monotonic() + (LOCK_SECONDS if seconds is None else seconds)
        with _optional():
            while not _try_lock(lambda: fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)):
                if time.monotonic() > until:
                    raise RepositoryError(
                        f"{name or root}: another fep command is writing; "
                        "run this one again when it ends"
                    )
                time.sleep(_LOCK_INTERVAL)
        yield
    finally:
        os.close(descriptor)  # which releases the lock


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Let Ctrl-C and ``SIGTERM`` wait during the block, in which several files change together.

    Outside of the main thread, in which Python handles signals, there is nothing to wait for.
    """
    import signal
    import threading

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    waiting: list[int] = []
    numbers = (signal.SIGINT, signal.SIGTERM)
    # None: the handler is not one of Python's, and stays.
    handlers = {n: handler for n in numbers if (handler := signal.getsignal(n)) is not None}
    try:
        for number in handlers:
            signal.signal(number, lambda number, _frame: waiting.append(number))
        yield
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)
        if waiting:
            signal.raise_signal(waiting[0])


def _try_lock(lock: Callable[[], None]) -> bool:
    try:
        lock()
    except BlockingIOError:
        return False
    return True


def replace(root: Path, path: str, data: bytes, expected: bytes | None = None) -> None:
    """Replace the content of the file at *path*, keeping its mode.

    :param expected: the content that *data* was made from; ``None`` to replace any. An editor may
        have saved the file since it was read, and what it saved must not be lost.
    :raises RepositoryError: if it is not a regular file, is read-only, cannot be written, or has
        another content.
    """
    with replacement(root, path, data, expected) as put:
        put()


@contextmanager
def replacement(
    root: Path, path: str, data: bytes, expected: bytes | None = None
) -> Iterator[Callable[[], None]]:
    """Do what :func:`replace` does in two parts; the second one writes no data.

    So several files can be replaced, and if the disk is too full for all of them, none is.

    :return: The second part: a function that gives the data, written beside the file, its name.
    """
    target = _target(root, path)
    with _naming(path):
        mode = target.lstat().st_mode
        if not stat.S_ISREG(mode):
            raise RepositoryError(f"{path}: is not a regular file; it was not changed")
        if not os.access(target, os.W_OK):
            raise RepositoryError(f"{path}: is read-only; it was not changed")
    with _temporary(target) as temporary:
        with _naming(path):
            _write(temporary, data, stat.S_IMODE(mode))

        def put() -> None:
            with _naming(path):
                if expected is not None and target.read_bytes() != expected:
                    raise RepositoryError(
                        f"{path}: was changed while this command ran; run it again"
                    )
                _move(temporary, target, data)

        yield put


def create(root: Path, path: str, data: bytes) -> bool:
    """Create the file at *path*; return ``False``, and change nothing, if there is one.

    The file appears whole or not at all, and only one of two processes gets a name.
    """
    with creation(root, path, data) as put:
        return put()


@contextmanager
def creation(root: Path, path: str, data: bytes) -> Iterator[Callable[[], bool]]:
    """Do what :func:`create` does in two parts, as :func:`replacement` does."""
    target = _target(root, path)
    with _naming(path):
        target.parent.mkdir(parents=True, exist_ok=True)
    with _temporary(target) as temporary:
        with _naming(path):
            _write(temporary, data, 0o666 & ~_umask())

        def put() -> bool:
            with _naming(path):
                try:
                    # Unlike os.replace(), os.link() fails if the target exists.
                    os.link(temporary, target)
                except FileExistsError:
                    return False
                except OSError:  # whatever else is wrong, the other way finds out as well
                    return _create_without_link(temporary, target, data)
            return True

        yield put


def create_or_replace(root: Path, path: str, data: bytes) -> None:
    """Write the file at *path*, whether there is one or not."""
    if not create(root, path, data):
        replace(root, path, data)


def _create_without_link(temporary: Path, target: Path, data: bytes) -> bool:
    """Create *target* on a file system without hard links: exFAT, many network shares.

    An empty file takes the name, which only one of two processes can do, and is then replaced.
    """
    try:
        _write(target, b"", 0o666 & ~_umask())
    except FileExistsError:
        return False
    try:
        _move(temporary, target, data)
    except BaseException:
        with suppress(OSError):
            target.unlink()
        raise
    return True


def remove(root: Path, path: str) -> None:
    """Delete the file at *path*."""
    with _naming(path):
        _target(root, path).unlink()


def move(root: Path, before: str, after: str) -> None:
    """Move the file at *before* to *after*, where there must be none."""
    target = _target(root, after)
    if os.path.lexists(target):
        raise RepositoryError(f"{after} already exists; it was not overwritten")
    with _naming(after):
        target.parent.mkdir(parents=True, exist_ok=True)
        os.rename(_target(root, before), target)


def remove_if_empty(root: Path, directory: str) -> None:
    """Delete a directory that has nothing in it any more."""
    with suppress(OSError):
        if directory:
            _target(root, directory).rmdir()


def write_output(path: Path, data: bytes) -> None:
    """Write a file that the operator names, whole or not at all.

    A device or a pipe is written to directly. No link is followed, neither *path* nor a directory
    below the current one: they may come from an untrusted repository.

    :raises RepositoryError: if *path* cannot be written.
    """
    if path.parent == Path("/dev") or (path.exists() and not path.is_file()):
        with _naming(path):
            path.write_bytes(data)
        return
    components = (path, *(() if path.is_absolute() else path.parents))
    if link := next((component for component in components if component.is_symlink()), None):
        raise RepositoryError(f"{link}: is a link; nothing was written")
    with _naming(path), _temporary(path) as temporary:
        _write(temporary, data, 0o666 & ~_umask())
        _move(temporary, path, data)


def _target(root: Path, path: str) -> Path:
    """Return the full path of *path*, after a check that no directory of it leads out of *root*."""
    if not (root / path).parent.resolve().is_relative_to(root.resolve()):
        raise RepositoryError(f"{path}: is outside of {root}; it was not changed")
    return root / path


@contextmanager
def _temporary(target: Path) -> Iterator[Path]:
    """Give a path that is free again after the block.

    It is in the same directory, since a rename is atomic within a file system only.
    """
    _remove_leftovers(target.parent)
    # In containers, many processes have the same number.
    temporary = target.with_name(f".fep-{os.urandom(8).hex()}.tmp")
    try:
        yield temporary
    finally:
        with suppress(OSError):
            temporary.unlink()


def _remove_leftovers(directory: Path) -> None:
    """Delete what processes that were killed have left in *directory*."""
    with suppress(OSError):
        for entry in os.scandir(directory):
            if _TEMPORARY.fullmatch(entry.name):
                age = time.time() - entry.stat(follow_symlinks=False).st_mtime
                if age > LEFTOVER_SECONDS:
                    os.unlink(entry)


@contextmanager
def _naming(path: str | Path) -> Iterator[None]:
    """Turn an error of the system into one that names the file that was to be written."""
    try:
        yield
    except OSError as problem:
        reason = os.strerror(problem.errno or 0).lower()
        hint = _HINTS.get(problem.errno or 0, "")
        raise RepositoryError(f"{path}: cannot be written: {reason}{hint}") from None


def _move(temporary: Path, target: Path, data: bytes) -> None:
    """Give *temporary*, which holds *data*, the name *target*, which a file may have.

    Some network and FUSE file systems cannot rename a file over another one. There the content
    is written into the old file: it was just written next to it, so there is room for it.
    """
    try:
        os.replace(temporary, target)
    except OSError as problem:
        if problem.errno not in {*_UNSUPPORTED, errno.EEXIST}:
            raise
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0)
        with open(os.open(target, flags, 0o666), "wb") as file:
            file.write(data)


def _write(path: Path, data: bytes, mode: int) -> None:
    # O_EXCL and O_NOFOLLOW: the file must be new, and no link that somebody prepared.
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
    with open(os.open(path, flags, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        with _optional():
            os.fsync(file.fileno())
    with _optional():
        path.chmod(mode)


@contextmanager
def _optional() -> Iterator[None]:
    """Ignore that a file system does not have an operation, such as ``chmod`` on exFAT."""
    try:
        yield
    except OSError as problem:
        if problem.errno not in {*_UNSUPPORTED, errno.EINVAL}:
            raise


def _umask() -> int:
    # The only way to read the mask is to set it.
    mask = os.umask(0)
    os.umask(mask)
    return mask
