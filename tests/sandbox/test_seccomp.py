"""The filter of system calls: what it denies, interpreted here as the kernel does."""

from __future__ import annotations

import struct

import pytest

from fep_tools.sandbox.seccomp import system_call_filter

ALLOWED, DENIED = "allowed", "denied"
X86, ARM, I386 = 0xC000003E, 0xC00000B7, 0x40000003

CALLS = [
    # machine, architecture of the call, its number, its first argument, what happens
    ("x86_64", X86, 0, 0, ALLOWED),  # read
    ("x86_64", X86, 257, 0, ALLOWED),  # openat
    ("x86_64", X86, 101, 0, DENIED),  # ptrace
    ("x86_64", X86, 248, 0, DENIED),  # add_key
    ("x86_64", X86, 319, 0, DENIED),  # memfd_create
    ("x86_64", X86, 321, 0, DENIED),  # bpf
    ("x86_64", X86, 425, 0, DENIED),  # io_uring_setup
    ("x86_64", X86, 435, 0, DENIED),  # clone3
    ("x86_64", X86, 0x40000000, 0, DENIED),  # read, by the x32 interface
    ("x86_64", I386, 3, 0, DENIED),  # read, as i386 has it
    ("x86_64", X86, 56, 0x01200011, ALLOWED),  # clone, as fork() uses it
    ("x86_64", X86, 56, 0x10000011, DENIED),  # a new user namespace
    ("x86_64", X86, 41, 2, ALLOWED),  # socket of AF_INET
    ("x86_64", X86, 41, 38, DENIED),  # AF_ALG
    ("x86_64", X86, 41, 40, DENIED),  # AF_VSOCK
    ("x86_64", X86, 41, 1, ALLOWED),  # AF_UNIX
    ("x86_64", X86, 41, 10, ALLOWED),  # AF_INET6
    ("x86_64", X86, 41, 16, ALLOWED),  # AF_NETLINK
    ("x86_64", X86, 41, 30, DENIED),  # AF_TIPC
    ("x86_64", X86, 53, 1, ALLOWED),  # socketpair of AF_UNIX
    ("x86_64", X86, 53, 30, DENIED),
    ("x86_64", X86, 29, 0, DENIED),  # shmget
    ("x86_64", X86, 64, 0, DENIED),  # semget
    ("x86_64", X86, 68, 0, DENIED),  # msgget
    ("x86_64", X86, 428, 0, DENIED),  # open_tree
    ("x86_64", X86, 442, 0, DENIED),  # mount_setattr
    ("x86_64", X86, 42, 40, ALLOWED),  # connect: only the family of a socket counts
    ("aarch64", ARM, 63, 0, ALLOWED),  # read
    ("aarch64", ARM, 117, 0, DENIED),  # ptrace
    ("aarch64", ARM, 279, 0, DENIED),  # memfd_create
    ("aarch64", ARM, 220, 0x10000011, DENIED),  # clone
    ("aarch64", ARM, 220, 0x01200011, ALLOWED),
    ("aarch64", ARM, 198, 40, DENIED),  # socket
    ("aarch64", ARM, 198, 2, ALLOWED),
    ("aarch64", ARM, 199, 30, DENIED),  # socketpair
    ("aarch64", ARM, 199, 1, ALLOWED),
    ("aarch64", ARM, 194, 0, DENIED),  # shmget
    ("aarch64", ARM, 190, 0, DENIED),  # semget
    ("aarch64", ARM, 186, 0, DENIED),  # msgget
    ("aarch64", X86, 63, 0, DENIED),
    ("x86_64", X86, 103, 0, DENIED),  # syslog
    ("aarch64", ARM, 116, 0, DENIED),
    ("x86_64", X86, 278, 0, DENIED),  # vmsplice
    ("aarch64", ARM, 75, 0, DENIED),
    ("x86_64", X86, 206, 0, DENIED),  # io_setup
    ("aarch64", ARM, 0, 0, DENIED),
    ("x86_64", X86, 275, 0, ALLOWED),  # splice, which takes what a file or a pipe has
]
SOCKETS = [
    # family, type and protocol, what happens
    (1, 5, 0, ALLOWED),  # AF_UNIX, SOCK_SEQPACKET
    (2, 1, 6, ALLOWED),  # AF_INET: TCP
    (10, 0x80802, 17, ALLOWED),  # AF_INET6: UDP, with SOCK_CLOEXEC and SOCK_NONBLOCK
    (2, 1, 132, DENIED),  # SCTP
    (2, 5, 132, DENIED),
    (2, 6, 0, DENIED),  # DCCP
    (2, 3, 1, DENIED),  # SOCK_RAW
    (10, 2, 136, DENIED),  # UDP-Lite
    (10, 1, 262, DENIED),  # MPTCP
    (16, 3, 0, ALLOWED),  # AF_NETLINK: NETLINK_ROUTE
    (16, 3, 6, DENIED),  # NETLINK_XFRM
    (16, 3, 21, DENIED),  # NETLINK_CRYPTO
]


@pytest.mark.parametrize(("machine", "architecture", "number", "argument", "expected"), CALLS)
def test_calls(machine: str, architecture: int, number: int, argument: int, expected: str) -> None:
    data = struct.pack("<IIQ6Q", number, architecture, 0, argument, 1, 0, 0, 0, 0)
    assert run(system_call_filter(machine), data) == expected


@pytest.mark.parametrize(("family", "kind", "protocol", "expected"), SOCKETS)
def test_sockets(family: int, kind: int, protocol: int, expected: str) -> None:
    """The kernel loads a module for a protocol that no program has used."""
    calls = {"x86_64": (X86, 41, 53), "aarch64": (ARM, 198, 199)}
    for machine, (architecture, *numbers) in calls.items():
        for number in numbers:
            data = struct.pack("<IIQ6Q", number, architecture, 0, family, kind, protocol, 0, 0, 0)
            assert run(system_call_filter(machine), data) == expected


def test_an_unknown_machine_has_no_filter() -> None:
    assert system_call_filter("riscv64") == b""


def run(program: bytes, data: bytes) -> str:
    """Run a filter on ``struct seccomp_data``, as seccomp(2) describes it."""
    lines = list(struct.iter_unpack("<HBBI", program))
    position = accumulator = 0
    while True:
        operation, if_true, if_false, value = lines[position]
        position += 1
        match operation:
            case 0x20:
                (accumulator,) = struct.unpack_from("<I", data, value)
            case 0x54:
                accumulator &= value
            case 0x06:
                return {0x7FFF0000: ALLOWED, 0x00050026: DENIED}[value]
            case _:
                holds = {
                    0x15: accumulator == value,
                    0x35: accumulator >= value,
                    0x45: bool(accumulator & value),
                }[operation]
                position += if_true if holds else if_false
