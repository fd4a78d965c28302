"""The programs that make environments: uv, and Python interpreters."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import unquote

from .._text import safe
from ..errors import FepError

TIMEOUT = 600.0
"""Seconds that one command may take; the slowest takes ten."""


MINIMUM_UV = (0, 11, 15)
"""Older versions write a script of a wheel wherever its name leads (GHSA-4gg8-gxpx-9rph)."""

_DROPPED = ("PYTHON", "VIRTUAL_", "UV_COMPILE_BYTECODE", "UV_PROJECT", "UV_WORKING_DIR")
"""The beginnings of variables that tools do not get.

``PYTHONPATH`` or an active environment would add other packages to those of the lock. uv refuses
its option against compiling where a variable asks for it. The last two name another directory,
whose settings uv would read.
"""

_PROJECT = """\
[project]
name = "fep"
version = "0"

[tool.uv.workspace]
"""
"""The ``pyproject.toml`` of the directory in which tools run.

uv takes the settings of the nearest workspace above, or else the nearest ``uv.toml``. In ``/tmp``,
any user of the machine may write some, and they could make uv build a source distribution, which
runs its code.
"""

_OF_PACKAGE = re.compile(r"(hint: Metadata for|Consider adding) .*", re.DOTALL)
"""The end of an error of uv, which quotes a requirement of a package.

In the URL of a requirement, uv has put the values of variables: ``a @ https://host/${TOKEN}``.
"""

_MIN_SECRET = 8
"""Characters of the shortest variable that an error does not have by chance."""


class EnvironmentUnavailable(FepError):
    """Something that an environment needs is not available; the message says what.

    *is_portable*: the message is ours and the same on every machine, so that it may be committed.
    """

    def __init__(self, message: str, *, is_portable: bool = False) -> None:
        super().__init__(message)
        self.is_portable = is_portable


def run_tool(command: Sequence[str | Path]) -> str:
    """Run *command* in a directory of its own, and return what it prints.

    There it reads no settings of the repository. It reads those of the user, which say where
    packages come from.

    :raises EnvironmentUnavailable: with the tool's own error, if it fails.
    """
    variables = {n: v for n, v in os.environ.items() if not n.startswith(_DROPPED)}
    with TemporaryDirectory(prefix="fep-") as directory:
        Path(directory, "pyproject.toml").write_text(_PROJECT, "utf-8")
        try:
            process = subprocess.run(  # noqa: S603 - the command is ours
                [str(part) for part in command],
                cwd=directory,
                env={**variables, "UV_PYTHON_DOWNLOADS": "never"},
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=TIMEOUT,
                umask=0o022,
                check=False,
            )
        except OSError as problem:
            raise EnvironmentUnavailable(f"{command[0]}: {problem.strerror}") from None
        except subprocess.TimeoutExpired:
            raise EnvironmentUnavailable(
                f"{command[0]}: timed out after {TIMEOUT:g} seconds"
            ) from None
    if process.returncode:
        error = _error_message(process.stderr)
        raise EnvironmentUnavailable(error or f"{command[0]} exited with {process.returncode}")
    return process.stdout.decode("utf-8", "replace")


def _error_message(stderr: bytes) -> str:
    """Return the text from the first line that starts with "error", on one line.

    uv draws a tree: ``error: Failed to fetch`` and below it ``  ╰─▶ connection refused``.
    """
    lines = [line.strip(" ×│╰─▶") for line in stderr.decode("utf-8", "replace").split("\n")]
    errors = (n for n, line in enumerate(lines) if line.lower().startswith("error"))
    text = " ".join(filter(None, lines[next(errors, 0) :]))
    return safe(_without_values(_OF_PACKAGE.sub("", text).strip())[:500], None)


def _without_values(text: str) -> str:
    """Return *text* with the names of environment variables in place of their values.

    A variable may be a secret, and what is reported may be published. *text* may have the value as
    a part of a URL, where ``"`` is ``%22``, and names of hosts are in lower case.
    """
    text = unquote(text)
    for name, value in sorted(os.environ.items(), key=lambda item: -len(item[1])):
        words = [re.escape(word) for word in value.split()]
        if words and len(value) >= _MIN_SECRET:
            text = re.sub(r"\s*".join(words), f"${{{name}}}", text, flags=re.IGNORECASE)
    return text


@cache
def find_uv() -> str:
    """Return the path of the uv next to this Python, or of the one on the PATH.

    :raises FepError: if there is none, or it is too old. It is not
        :class:`EnvironmentUnavailable`: without uv, nothing is known about any environment.
    """
    beside = Path(sys.executable).with_name("uv")
    found = str(beside) if beside.is_file() else _on_path("uv")
    if not found:
        raise FepError("uv is not installed; nothing was run. Install it: pip install uv")
    try:
        version = re.match(r"uv ([0-9]+)\.([0-9]+)\.([0-9]+)", run_tool([found, "--version"]))
    except EnvironmentUnavailable as problem:
        raise FepError(f"uv cannot be used; nothing was run: {problem}") from None
    if version is None or tuple(map(int, version.groups())) < MINIMUM_UV:
        raise FepError(
            f"{safe(found, None)} is not uv {'.'.join(map(str, MINIMUM_UV))} or newer; nothing was "
            "run. Install it: pip install --upgrade uv"
        )
    return found


def _on_path(program: str) -> str | None:
    """Return the path of a program.

    A relative one is in the current directory, where Windows looks first. That may be an untrusted
    repository.
    """
    found = shutil.which(program)
    return found if found and os.path.isabs(found) else None


@cache
def find_python(version: str) -> Path:
    """Return an interpreter of *version*, such as ``3.11``.

    :raises EnvironmentUnavailable: if there is none on this machine.
    :raises FepError: if ``FEP_PYTHON_3_11`` is set to anything else. That is a mistake to
        correct before anything is run.
    """
    variable = f"FEP_PYTHON_{version.replace('.', '_')}"
    if chosen := os.environ.get(variable):
        path = Path(chosen)
        if path.is_file() and (found := _executable(path, version)):
            return found
        problem = f"is not Python {version}" if path.exists() else "does not exist"
        raise FepError(f"{variable} is {safe(chosen, None)}, which {problem}")
    for candidate in _candidates(version):
        if candidate.is_file() and (found := _executable(candidate, version)):
            return found
    raise EnvironmentUnavailable(f"Python {version} is not installed", is_portable=True)


def _candidates(version: str) -> Iterator[Path]:
    """Return paths to try: this Python, the one on the PATH, and those of version managers."""
    yield Path(os.path.realpath(sys.executable))
    if on_path := _on_path(f"python{version}"):
        yield Path(on_path)
    for variable, default, pattern in _MANAGED_PYTHONS:
        root = Path(os.environ.get(variable) or Path(default).expanduser())
        yield from sorted(root.glob(pattern.format(version)), reverse=True)


_MANAGED_PYTHONS = (
    ("PYENV_ROOT", "~/.pyenv", "versions/{}.*/bin/python3"),
    ("RUNNER_TOOL_CACHE", "/opt/hostedtoolcache", "Python/{}.*/*/bin/python3"),
    ("UV_PYTHON_INSTALL_DIR", "~/.local/share/uv/python", "cpython-{}.*/bin/python3"),
)
"""Where pyenv, GitHub's runners and uv keep interpreters."""


def _executable(python: Path, version: str) -> Path | None:
    """Return the file of the interpreter that *python* starts, if that is *version*.

    pyenv's shims exist for every version. They fail for those that are not selected, or start
    another one of the PATH, which a sandbox does not have.
    """
    code = "import os, sys; print('%d.%d' % sys.version_info[:2], os.path.realpath(sys.executable))"
    try:
        started, _, path = run_tool([python, "-I", "-S", "-c", code]).rstrip("\n").partition(" ")
    except EnvironmentUnavailable:
        return None
    return Path(path) if started == version else None
