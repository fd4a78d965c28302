"""How a program is kept away from everything else: bubblewrap, ``unshare``, or not at all.

It can read the programs of the system and what it is given, and change nothing of that. It
has a ``/tmp`` of its own, processes of its own, and a network of its own in which there is
nobody else; whatever it starts ends with it.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import subprocess
import sys
from abc import ABC, abstractmethod
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import ClassVar

from ..errors import FepError

_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
"""Where the tools are that make a sandbox, whatever the PATH of the user is."""

VARIABLES = {
    "HOME": "/tmp",  # noqa: S108 - the program's own
    "LC_ALL": "C.UTF-8",
    "MALLOC_ARENA_MAX": "2",
    "PATH": _PATH,
    "PWD": "/tmp",  # noqa: S108
    "PYTHONHASHSEED": "0",
    "TMPDIR": "/tmp",  # noqa: S108
    "TZ": "UTC",
}
"""All that a program finds in its environment; answers must not depend on whose it is."""

SPACE = 64 * 1024 * 1024
"""Bytes that a program may keep in each of the folders of its own."""

FIRST_USER, USERS = 60578, 600
"""Users whom no distribution gives a name; root becomes one of them before it runs anything."""

_SYSTEM = ("/usr", "/bin", "/lib", "/lib32", "/lib64", "/sbin", "/etc/ld.so.cache")
_HERE = Path(__file__).parent


class IsolationUnavailable(FepError):
    """There is no sandbox here, and nobody said that there need be none."""


class Isolation(ABC):
    """A way to run a program apart; *promise* says in words what it holds."""

    name: ClassVar[str]
    tool: ClassVar[str] = ""
    guarantee: ClassVar[str] = (
        "no network, no files but its environment's, and nothing that it starts outlives it"
    )

    @abstractmethod
    def command_line(
        self, command: Sequence[str], readable: Sequence[Path], folder: Path
    ) -> list[str]:
        """What to run so that *command* runs apart, and reads what is *readable*.

        *folder* is an empty one that nobody else uses.
        """

    def variables(self, folder: Path) -> dict[str, str]:
        """The environment of the program."""
        return VARIABLES

    def user(self) -> int | None:
        """Whom the program has to become, being root; ``None`` for whoever it is already."""
        return None if os.geteuid() else FIRST_USER + secrets.randbelow(USERS)

    def probe(self) -> str:
        """Why it does not work here, ``""`` if it does."""
        if not _tool(self.tool):
            return f"{self.tool} is not installed"
        try:
            complaint = _probed(self)
        except (OSError, subprocess.TimeoutExpired) as problem:
            complaint = type(problem).__name__
        return complaint and f"{self.tool} does not work: {complaint}"


class Bubblewrap(Isolation):
    """The program that Flatpak uses for the same purpose."""

    name = "bubblewrap"
    tool = "bwrap"

    def command_line(
        self, command: Sequence[str], readable: Sequence[Path], folder: Path
    ) -> list[str]:
        """As :meth:`Isolation.command_line`; root needs no user namespace, and keeps two rights."""
        parts = [_tool(self.tool), "--die-with-parent", "--new-session", "--unshare-ipc"]
        parts += ["--unshare-net", "--unshare-pid", "--unshare-uts", "--cap-drop", "ALL"]
        if os.geteuid():
            parts += ["--unshare-user"]
        else:
            parts += ["--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"]
        parts += ["--proc", "/proc", "--dev", "/dev"]
        for own in ("/dev/shm", "/tmp"):  # noqa: S108
            parts += ["--perms", "1777", "--size", str(SPACE), "--tmpfs", own]
        for source, place in _shown(readable):
            # Folders that it makes by itself are closed to everybody but root.
            for parent in reversed(Path(place).parents[:-1]):
                parts += ["--perms", "0755", "--dir", str(parent)]
            if source.is_symlink():
                parts += ["--symlink", os.readlink(source), place]
            else:
                parts += ["--ro-bind", str(source), place]
        return [*parts, "--remount-ro", "/", "--chdir", "/tmp", "--", *command]  # noqa: S108


class Unshare(Isolation):
    """The namespaces of the kernel, and :mod:`.room` to furnish them."""

    name = "unshare"
    tool = "unshare"

    def command_line(
        self, command: Sequence[str], readable: Sequence[Path], folder: Path
    ) -> list[str]:
        """As :meth:`Isolation.command_line`."""
        plan = {
            "root": str(folder),
            "by_root": not os.geteuid(),
            "shown": [(str(source), place) for source, place in _shown(readable)],
            "space": SPACE,
            "command": list(command),
        }
        apart = ["--ipc", "--mount", "--net", "--pid", "--uts", "--fork", "--kill-child"]
        if os.geteuid():
            apart += ["--user", "--map-root-user"]
        room = [sys.executable, "-I", "-S", str(_HERE / "room.py"), json.dumps(plan)]
        return [_tool(self.tool), *apart, "--", *room]


class Unsandboxed(Isolation):
    """Nothing but limits."""

    name = "none"
    guarantee = "limits of time and memory only; a snippet can do whatever you can"

    def command_line(
        self, command: Sequence[str], readable: Sequence[Path], folder: Path
    ) -> list[str]:
        """The command itself."""
        return list(command)

    def variables(self, folder: Path) -> dict[str, str]:
        """As in a sandbox, with a folder of its own where that has ``/tmp``."""
        return {**VARIABLES, **dict.fromkeys(("HOME", "PWD", "TMPDIR"), str(folder))}

    def user(self) -> int | None:
        """It stays who it is."""
        return None

    def probe(self) -> str:
        """There is none."""
        return ""


SANDBOXES: tuple[Isolation, ...] = (Bubblewrap(), Unshare())
"""What can be had, the best first."""


@cache
def find(*, unsandboxed: bool = False) -> Isolation:
    """Return the best isolation that works here.

    :raises IsolationUnavailable: if nothing works, unless *unsandboxed*."""
    troubles = []
    for isolation in SANDBOXES:
        trouble = isolation.probe()
        if not trouble:
            return isolation
        troubles.append(trouble)
    if unsandboxed:
        return Unsandboxed()
    raise IsolationUnavailable(
        f"no sandbox works here ({'; '.join(troubles)}), and snippets are programs of strangers; "
        "install bubblewrap, or read them and add --allow-unsandboxed"
    )


_PROBE = """\
import os, socket
server = socket.create_server(("127.0.0.1", 0))
socket.create_connection(server.getsockname()).close()
assert [name for _index, name in socket.if_nameindex()] == ["lo"], "the network is there"
assert not os.path.exists(os.environ["PROBE"]), "other files are there"
open("/tmp/probe", "w").close()
"""


def _probed(isolation: Isolation) -> str:
    """What a program complains of that uses all that a sandbox has, and nothing else."""
    command = [os.path.realpath(sys.executable), "-I", "-S", "-c", _PROBE]
    base = Path(sys.base_prefix).resolve()
    with TemporaryDirectory(prefix="fep-") as inside, TemporaryDirectory(prefix="fep-") as outside:
        ended = subprocess.run(  # noqa: S603 - our own program
            isolation.command_line(command, [base], Path(inside)),
            env={**VARIABLES, "PROBE": outside},
            capture_output=True,
            timeout=30,
            check=False,
        )
    complaint = ended.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2]
    return (complaint or f"it ended with {ended.returncode}") if ended.returncode else ""


def _tool(name: str) -> str:
    return shutil.which(name, path=_PATH) or ""


def _shown(readable: Sequence[Path]) -> list[tuple[Path, str]]:
    """What can be read, and where: the system, names for the machine itself, and *readable*."""
    system = [Path(path) for path in _SYSTEM if os.path.lexists(path)]
    more = [path for path in readable if not path.is_relative_to("/usr")]
    hosts = [(_HERE / "hosts", "/etc/hosts")]
    return [(path, str(path)) for path in system] + hosts + [(path, str(path)) for path in more]
