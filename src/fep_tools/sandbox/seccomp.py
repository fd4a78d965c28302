"""A filter of system calls for the sandbox: what no program of a note needs, and exploits use.

The filter is a program of the classic Berkeley packet filter, which the kernel runs before each
system call; see seccomp(2) and ``linux/seccomp.h``. What it denies fails with ``ENOSYS``, as on a
kernel that does not have it, so that libraries fall back to something else.
"""

from __future__ import annotations

import errno
import platform
import struct
from dataclasses import dataclass

# Operations of linux/bpf_common.h: load a word of the call's data, keep some of its bits, compare
# it, return.
_LOAD, _KEEP_BITS, _IS_EQUAL, _IS_AT_LEAST, _HAS_BITS, _RETURN = 0x20, 0x54, 0x15, 0x35, 0x45, 0x06

# Offsets in "struct seccomp_data": the number of the call, the architecture, and the lower halves
# of the first three arguments on a machine with the low byte first.
_NUMBER, _ARCHITECTURE, _ARGUMENTS = 0, 4, (16, 24, 32)

_ALLOW = 0x7FFF0000
_DENY = 0x00050000 | errno.ENOSYS

_CLONE_NEWUSER = 0x10000000
_TYPE_BITS = 0xF
"""The type of a socket is in these; others say that it is closed on exec, or does not block."""

_AF_UNIX, _AF_INET, _AF_INET6, _AF_NETLINK = 1, 2, 10, 16
_INET_TYPES, _INET_PROTOCOLS = (1, 2), (0, 6, 17)
"""``SOCK_STREAM`` and ``SOCK_DGRAM``; the default, ``IPPROTO_TCP`` and ``IPPROTO_UDP``."""
_NETLINK_ROUTE = 0
"""The protocol of ``AF_NETLINK`` that lists network interfaces.

A socket of another family or protocol can make the kernel load a module that is not in use, such
as that of ``AF_TIPC`` or of SCTP. ``AF_ALG`` is the cryptography of the kernel, and ``AF_VSOCK``
leads out of a virtual machine and is part of no network namespace."""


@dataclass(frozen=True)
class _Machine:
    """An architecture of ``linux/audit.h``, and the numbers of its system calls.

    :param sockets: ``socket`` and ``socketpair``.
    :param denied: calls that always fail.
    :param foreign: the first number that belongs to another interface; 0 for none.
    """

    architecture: int
    clone: int
    sockets: tuple[int, int]
    denied: tuple[int, ...]
    foreign: int = 0


# Both: io_uring_setup, io_uring_enter, io_uring_register, open_tree, move_mount, fsopen, fsconfig,
# fsmount, fspick, clone3, pidfd_getfd, mount_setattr, memfd_secret, open_tree_attr. The flags of
# clone3 are in memory, which a filter cannot read; libraries fall back to clone.
_COMMON = (425, 426, 427, 428, 429, 430, 431, 432, 433, 435, 438, 442, 447, 467)

# In the order ptrace, pivot_root, mount, umount2, kexec_load, add_key, request_key, keyctl,
# unshare, perf_event_open, open_by_handle_at, setns, process_vm_readv, process_vm_writev, kcmp,
# memfd_create, bpf, userfaultfd, shmget, semget, msgget, vmsplice, io_setup, syslog; from
# asm/unistd_64.h and asm-generic/unistd.h. What shmget, semget, msgget and vmsplice make, up to all
# memory, belongs to no process: vmsplice keeps pages in a pipe, each 2 MB large, that the process
# gives back. io_setup reserves requests of fs.aio-max-nr, which is one limit for all users. syslog
# reads the log of the kernel.
_MACHINES = {
    "x86_64": _Machine(
        0xC000003E, 56, (41, 53),
        (101, 155, 165, 166, 246, 248, 249, 250, 272, 298, 304, 308, 310, 311, 312, 319, 321, 323,
         29, 64, 68, 278, 206, 103, *_COMMON),
        foreign=0x40000000,  # the x32 interface
    ),
    "aarch64": _Machine(
        0xC00000B7, 220, (198, 199),
        (117, 41, 40, 39, 104, 217, 218, 219, 97, 241, 265, 268, 270, 271, 272, 279, 280, 282,
         194, 190, 186, 75, 0, 116, *_COMMON),
    ),
}  # fmt: skip


def system_call_filter(machine: str = "") -> bytes:
    """Return the filter for a *machine*, as ``bwrap --seccomp`` reads it.

    :param machine: a name of ``uname -m``. Default: this machine.
    :return: instructions of 8 bytes; nothing for a machine whose numbers are not known here.
    """
    known = _MACHINES.get(machine or platform.machine())
    if known is None:
        return b""
    tests = [(_IS_EQUAL, number) for number in known.denied]
    if known.foreign:
        tests.append((_IS_AT_LEAST, known.foreign))
    # A program can also use the calls of another architecture: those of i386 with "int 0x80".
    program = [(_LOAD, 0, 0, _ARCHITECTURE), (_IS_EQUAL, 1, 0, known.architecture)]
    program += [(_RETURN, 0, 0, _DENY), (_LOAD, 0, 0, _NUMBER)]
    program += [line for test in tests for line in _deny_if(*test)]
    program += _on_call(known.clone, _deny_if(_HAS_BITS, _CLONE_NEWUSER), _ALLOW)
    for call in known.sockets:
        program += _on_call(call, _socket_tests(), _DENY)
    program.append((_RETURN, 0, 0, _ALLOW))
    return b"".join(struct.pack("<HBBI", *line) for line in program)


_Line = tuple[int, int, int, int]
"""An operation, the lines to skip if a comparison holds and if not, and a value."""


def _deny_if(operation: int, value: int) -> list[_Line]:
    """Return lines that end with a denial if the comparison holds, and go on otherwise."""
    return [(operation, 0, 1, value), (_RETURN, 0, 0, _DENY)]


def _socket_tests() -> list[_Line]:
    """Return lines that allow a socket by its family, type and protocol."""
    allow = (_RETURN, 0, 0, _ALLOW)
    inet = [*_require(1, _INET_TYPES, _TYPE_BITS), *_require(2, _INET_PROTOCOLS), allow]
    return [
        *_if_equal(_AF_UNIX, [allow]),
        *_if_equal(_AF_INET, inet),
        *_if_equal(_AF_INET6, inet),
        *_if_equal(_AF_NETLINK, [*_require(2, (_NETLINK_ROUTE,)), allow]),
    ]


def _require(argument: int, values: tuple[int, ...], bits: int = 0xFFFFFFFF) -> list[_Line]:
    """Return lines that end with a denial unless the *bits* of an argument are one of *values*."""
    count = len(values)
    tests = [(_IS_EQUAL, count - n, 0, value) for n, value in enumerate(values)]
    load = [(_LOAD, 0, 0, _ARGUMENTS[argument]), (_KEEP_BITS, 0, 0, bits)]
    return [*load, *tests, (_RETURN, 0, 0, _DENY)]


def _if_equal(value: int, body: list[_Line]) -> list[_Line]:
    """Return lines that run *body*, which ends with a decision, if *value* is loaded."""
    return [(_IS_EQUAL, 0, len(body), value), *body]


def _on_call(call: int, tests: list[_Line], otherwise: int) -> list[_Line]:
    """Return lines that run *tests* on the first argument of *call*.

    :param otherwise: what happens to the call if no test ends with a decision.
    """
    body = [(_LOAD, 0, 0, _ARGUMENTS[0]), *tests, (_RETURN, 0, 0, otherwise)]
    return _if_equal(call, body)
