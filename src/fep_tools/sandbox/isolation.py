"""Isolate a program with bubblewrap, or run it without isolation on request.

In the sandbox, the program can read the programs of the system and its own environment, and
change neither. It has its own ``/tmp``, its own processes and its own network, in which it can
only talk to itself. Whatever it starts ends with it.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import subprocess
import sys
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from typing import ClassVar

from ..errors import FepError
from . import starter
from .seccomp import system_call_filter

_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
"""Where bubblewrap is looked for. The user's PATH could name a program of the repository."""

VARIABLES = {
    "HOME": "/tmp",  # noqa: S108 - the sandbox has its own /tmp
    "LC_ALL": "C.UTF-8",
    "MALLOC_ARENA_MAX": "2",
    "PATH": _PATH,
    "PWD": "/tmp",  # noqa: S108
    "PYTHONHASHSEED": "0",
    "TMPDIR": "/tmp",  # noqa: S108
    "TZ": "UTC",
}
"""The complete environment of a program, so that results do not depend on the user."""

TMPFS_SIZE = 64 * 1024 * 1024
"""Bytes that a program may keep in ``/tmp``, and in ``/dev/shm``."""

FIRST_USER, USERS = 60578, 600
"""User ids that no distribution assigns. If fep runs as root, the program becomes one of them."""

_SYSTEM = ("/usr", "/bin", "/lib", "/lib32", "/lib64", "/sbin", "/etc/ld.so.cache")
_HOSTS = Path(__file__).with_name("hosts")
"""The ``/etc/hosts`` of a sandbox. It names nothing but ``localhost``."""


class IsolationUnavailable(FepError):
    """Bubblewrap is missing or does not work, and running without it was not allowed."""


class Isolation(ABC):
    """A way to run a program.

    *guarantee* says what it protects. *is_sandbox* is false if the program shares its user
    id with the user's other programs.
    """

    name: ClassVar[str]
    guarantee: ClassVar[str]
    is_sandbox: ClassVar[bool]

    @abstractmethod
    def command_line(
        self, command: Sequence[str], readable: Sequence[Path], call_filter: int | None
    ) -> list[str]:
        """Return the command line that runs *command* isolated.

        :param readable: files and directories that it can read, in addition to the system's.
        :param call_filter: what :meth:`open_filter` gives.
        """

    @contextmanager
    def open_filter(self) -> Iterator[int | None]:
        """Give a file descriptor, which the command inherits, with the filter of system calls."""
        yield None

    @abstractmethod
    def variables(self, directory: Path) -> dict[str, str]:
        """Return the environment variables of a program that may write to *directory*."""

    @abstractmethod
    def user(self) -> int | None:
        """Return the user id that the program must change to; ``None`` to keep its own."""


class Bubblewrap(Isolation):
    """Linux namespaces, set up by bubblewrap, which Flatpak uses for the same purpose."""

    name = "bubblewrap"
    guarantee = "no network, no files but its own environment, and nothing it starts outlives it"
    is_sandbox = True

    @contextmanager
    def open_filter(self) -> Iterator[int | None]:
        """Give a descriptor of :func:`~fep_tools.sandbox.seccomp.system_call_filter`.

        It is read once. There is none on a machine for which there is no filter.
        """
        if program := system_call_filter():
            with TemporaryFile() as file:
                file.write(program)
                file.seek(0)
                yield file.fileno()
        else:
            yield None

    def command_line(
        self, command: Sequence[str], readable: Sequence[Path], call_filter: int | None
    ) -> list[str]:
        """Return the ``bwrap`` command line that runs *command*."""
        # --new-session: without it, a program could push input into the user's terminal (TIOCSTI).
        parts = [_bwrap(), "--die-with-parent", "--new-session", "--unshare-ipc"]
        parts += ["--unshare-net", "--unshare-pid", "--unshare-uts", "--cap-drop", "ALL"]
        if os.geteuid():
            parts += ["--unshare-user"]
        else:
            # root needs no user namespace, but the right to become an ordinary user.
            parts += ["--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"]
        if call_filter is not None:
            parts += ["--seccomp", str(call_filter)]
        parts += ["--proc", "/proc", "--dev", "/dev"]
        for directory in ("/dev/shm", "/tmp"):  # noqa: S108
            parts += ["--perms", "1777", "--size", str(TMPFS_SIZE), "--tmpfs", directory]
        for source, target in _mounts(readable):
            # bwrap creates missing parents with mode 0700, closed to everybody but root.
            for parent in reversed(Path(target).parents[:-1]):
                parts += ["--perms", "0755", "--dir", str(parent)]
            if source.is_symlink():
                parts += ["--symlink", os.readlink(source), target]  # /bin -> usr/bin
            else:
                parts += ["--ro-bind", str(source), target]
        # In /proc/sys, root may change settings of the whole machine without any capability. /dev
        # is a file system in memory without a limit. Unless fep runs as root, its user owns it.
        for directory in ("/proc", "/dev", "/"):
            parts += ["--remount-ro", directory]
        return [*parts, "--chdir", "/tmp", "--", *command]  # noqa: S108 - its own

    def variables(self, directory: Path) -> dict[str, str]:
        """Return :data:`VARIABLES`; the program writes to the sandbox's own ``/tmp``."""
        return VARIABLES

    def user(self) -> int | None:
        """Return an ordinary user id if fep runs as root, else ``None``."""
        return None if os.geteuid() else FIRST_USER + secrets.randbelow(USERS)

    def probe(self) -> str:
        """Try it; return why it cannot be used, ``""`` if it can.

        bwrap may be installed and still not work: Ubuntu 24.04 and many containers do not
        allow user namespaces.
        """
        if not _bwrap():
            return "bubblewrap is not installed"
        try:
            error = self._run_probe()
        except (OSError, subprocess.TimeoutExpired) as problem:
            error = type(problem).__name__
        return error and f"bubblewrap does not work here ({error})"

    def _run_probe(self) -> str:
        """Run a program that tests the sandbox; return the last line of its error output."""
        python = os.path.realpath(sys.executable)
        command = [*start_command(Path(python), self, {}), python, "-I", "-S", "-c", _PROBE]
        readable = [Path(sys.base_prefix).resolve()]
        with TemporaryDirectory(prefix="fep-") as outside, self.open_filter() as call_filter:
            process = subprocess.run(  # noqa: S603 - our own program
                self.command_line(command, readable, call_filter),
                env={**VARIABLES, "PROBE": outside},
                capture_output=True,
                timeout=30,
                check=False,
                pass_fds=[] if call_filter is None else [call_filter],
            )
        error = process.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2]
        return (error or f"it exited with {process.returncode}") if process.returncode else ""


class Unsandboxed(Isolation):
    """No isolation, only limits."""

    name = "none"
    guarantee = "limits of time and memory only; a snippet can do whatever you can"
    is_sandbox = False

    def command_line(
        self, command: Sequence[str], readable: Sequence[Path], call_filter: int | None
    ) -> list[str]:
        """Return *command* itself."""
        return list(command)

    def variables(self, directory: Path) -> dict[str, str]:
        """Return :data:`VARIABLES`, with *directory* in place of ``/tmp``."""
        return {**VARIABLES, **dict.fromkeys(("HOME", "PWD", "TMPDIR"), str(directory))}

    def user(self) -> int | None:
        """Return ``None``."""
        return None


@cache
def find(*, unsandboxed: bool = False) -> Isolation:
    """Return bubblewrap.

    :param unsandboxed: return :class:`Unsandboxed` if bubblewrap cannot be used.
    :raises IsolationUnavailable: if it cannot be used, unless *unsandboxed*.
    """
    bubblewrap = Bubblewrap()
    problem = bubblewrap.probe()
    if not problem:
        return bubblewrap
    if unsandboxed:
        return Unsandboxed()
    raise IsolationUnavailable(
        f"{problem}, and snippets are untrusted programs; nothing was run. Install bubblewrap "
        "(apt install bubblewrap, dnf install bubblewrap), or read the snippets and add "
        "--allow-unsandboxed"
    )


def start_command(base: Path, isolation: Isolation, limits: Mapping[str, int]) -> list[str]:
    """Return the beginning of a command that limits itself and gives up root; see :mod:`.starter`.

    :param base: an interpreter that no package can change.
    """
    settings = {"limits": limits, "user": isolation.user()}
    return [str(base), "-I", "-S", "-c", _starter_source(), json.dumps(settings)]


@cache
def _starter_source() -> str:
    return Path(starter.__file__).read_text("utf-8")


# A wrapper that starts the program without any isolation must not pass.
_PROBE = """\
import os, socket
server = socket.create_server(("127.0.0.1", 0))
socket.create_connection(server.getsockname()).close()
assert [name for _index, name in socket.if_nameindex()] == ["lo"], "the network can be reached"
assert not os.path.exists(os.environ["PROBE"]), "other files can be read"
assert os.geteuid(), "root cannot be given up"
open("/tmp/probe", "w").close()
"""


def _bwrap() -> str:
    """Return the path of bubblewrap's program, ``""`` if it is not installed."""
    return shutil.which("bwrap", path=_PATH) or ""


def _mounts(readable: Sequence[Path]) -> list[tuple[Path, str]]:
    """Return the files that are mounted in a sandbox, with their paths there."""
    paths = [Path(path) for path in _SYSTEM if os.path.lexists(path)]
    paths += [path for path in readable if not path.is_relative_to("/usr")]
    return [(_HOSTS, "/etc/hosts"), *((path, str(path)) for path in paths)]
