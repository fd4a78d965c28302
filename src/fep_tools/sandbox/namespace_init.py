"""Makes a room of its own for a program, within the namespaces that ``unshare`` has made.

It is a program itself, the first process of that room: it shows the files that may be read,
leaves all others behind, gives up its rights, and runs the program as its child. What it is
to do is its argument, as JSON: ``root``, ``shown``, ``space`` and ``command``.
"""

from __future__ import annotations

import ctypes
import errno
import fcntl
import json
import os
import socket
import struct
import sys
from functools import cache
from pathlib import Path

_DEVICES = ("full", "null", "random", "urandom", "zero")

# Numbers of <linux/mount.h>, <linux/prctl.h>, <linux/capability.h> and <linux/sockios.h>.
_READ_ONLY, _NO_SUID, _NO_DEVICES, _NO_PROGRAMS = 1, 2, 4, 8
_REMOUNT, _BIND, _RECURSIVE = 32, 4096, 16384
_DETACH = 2
_DROP_BOUND, _NO_NEW_RIGHTS = 24, 38
_RIGHTS, _TO_BECOME = range(64), (6, 7)
_GET_FLAGS, _SET_FLAGS, _UP = 0x8913, 0x8914, 1


def main(plan: str) -> int:
    """Do what *plan* says; the exit status of the program."""
    told = json.loads(plan)
    root = Path(told["root"])
    space = f"size={told['space']}"
    _mount("tmpfs", root, f"mode=755,{space}")
    _furnish(root, f"mode=1777,{space}")
    for source, place in told["shown"]:
        _show(Path(source), root / place.lstrip("/"))
    _enter(root)
    _raise_loopback()
    child = os.fork()
    if not child:
        _give_up_rights(but=_TO_BECOME if told["by_root"] else ())
        os.chdir("/tmp")  # noqa: S108 - the room's own
        os.execv(told["command"][0], told["command"])  # noqa: S606 - what all this is for
    os.closerange(0, 1)
    os.closerange(3, 4096)
    return _status(child)


def _show(source: Path, place: Path) -> None:
    """Let *source* be seen at *place*, for reading."""
    place.parent.mkdir(parents=True, exist_ok=True)
    if source.is_symlink():
        place.symlink_to(os.readlink(source))
        return
    _bind(source, place)
    flags = _REMOUNT | _BIND | _READ_ONLY | _NO_SUID | _NO_DEVICES
    _call("mount", None, bytes(place), None, flags, None)


def _furnish(root: Path, options: str) -> None:
    """What a program may change, and what the kernel tells it."""
    _mount("tmpfs", root / "tmp", options)
    _mount("proc", root / "proc", "", _NO_PROGRAMS)
    for name in _DEVICES:
        (root / "dev").mkdir(exist_ok=True)
        _bind(Path("/dev", name), root / "dev" / name)
    _mount("tmpfs", root / "dev" / "shm", options)
    (root / "dev" / "fd").symlink_to("/proc/self/fd")


def _enter(root: Path) -> None:
    """Make *root* the root of everything, and forget what was there before."""
    (root / "before").mkdir()
    os.chdir(root)
    if os.spawnlp(os.P_WAIT, "pivot_root", "pivot_root", ".", "before"):  # noqa: S606
        raise OSError("pivot_root does not work")
    os.chdir("/")
    _call("umount2", b"/before", _DETACH)
    Path("/before").rmdir()
    flags = _REMOUNT | _BIND | _READ_ONLY | _NO_SUID | _NO_DEVICES
    _call("mount", None, b"/", None, flags, None)


def _raise_loopback() -> None:
    """Let the program talk to itself: a framework's test client may be a real one."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        asked = struct.pack("16sH14x", b"lo", 0)
        flags = struct.unpack("16sH14x", fcntl.ioctl(any_socket, _GET_FLAGS, asked))[1]
        fcntl.ioctl(any_socket, _SET_FLAGS, struct.pack("16sH14x", b"lo", flags | _UP))


def _give_up_rights(but: tuple[int, ...]) -> None:
    """Nothing that is run from here on has a right; root may still become a user without."""
    for right in _RIGHTS:
        if right not in but:
            _call("prctl", _DROP_BOUND, right, 0, 0, 0, harmless=errno.EINVAL)
    _call("prctl", _NO_NEW_RIGHTS, 1, 0, 0, 0)


def _status(child: int) -> int:
    """How *child* ended, whoever else ends before it."""
    while True:
        ended, status = os.wait()
        if ended == child:
            code = os.waitstatus_to_exitcode(status)
            return code if code >= 0 else 128 - code


def _mount(kind: str, place: Path, options: str, more: int = 0) -> None:
    place.mkdir(parents=True, exist_ok=True)
    name = kind.encode()
    _call("mount", name, bytes(place), name, _NO_SUID | _NO_DEVICES | more, options.encode())


def _bind(source: Path, place: Path) -> None:
    if source.is_dir():
        place.mkdir(parents=True, exist_ok=True)
    else:
        place.touch()
    _call("mount", bytes(source), bytes(place), None, _BIND | _RECURSIVE, None)


@cache
def _library() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _call(name: str, *arguments: bytes | int | None, harmless: int = 0) -> None:
    """Call a function of the C library; raises :class:`OSError` with what it was about."""
    passed = [ctypes.c_ulong(a) if isinstance(a, int) else a for a in arguments]
    if getattr(_library(), name)(*passed) and ctypes.get_errno() != harmless:
        about = next((os.fsdecode(a) for a in arguments if isinstance(a, bytes)), "")
        raise OSError(f"{name} {about}: {os.strerror(ctypes.get_errno())}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
