"""The programs that environments are made with: interpreters, uv and pip."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from .._text import safe
from ..errors import FepError

SECONDS = 600.0
"""How long one of them may take; the slowest takes ten."""


class EnvironmentUnavailable(FepError):
    """Something that an environment needs is not to be had here; the text says what.

    *is_plain*: it says so in words of ours, the same on every machine.
    """

    def __init__(self, message: str, *, is_plain: bool = False) -> None:
        super().__init__(message)
        self.is_portable = is_plain


def run_tool(command: Sequence[str | Path], more: Mapping[str, str] | None = None) -> str:
    """What *command* prints, run in an empty folder: no settings of the checkout are obeyed.

    Those of the user are: uv and pip know from them where packages come from. *more* is added
    to the environment. Raises :class:`Unavailable` with what it complains of.
    """
    variables = {n: v for n, v in os.environ.items() if not n.startswith(("PYTHON", "VIRTUAL_"))}
    with TemporaryDirectory(prefix="fep-") as folder:
        try:
            ended = subprocess.run(  # noqa: S603 - the words are our own
                [str(part) for part in command],
                cwd=folder,
                env={**variables, "UV_PYTHON_DOWNLOADS": "never", **(more or {})},
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=SECONDS,
                umask=0o022,
                check=False,
            )
        except OSError as problem:
            raise EnvironmentUnavailable(f"{command[0]}: {problem.strerror}") from None
        except subprocess.TimeoutExpired:
            raise EnvironmentUnavailable(
                f"{command[0]}: took longer than {SECONDS:g} seconds"
            ) from None
    if ended.returncode:
        raise EnvironmentUnavailable(
            _complaint(ended.stderr) or f"{command[0]} ended with {ended.returncode}"
        )
    return ended.stdout.decode("utf-8", "replace")


def _complaint(told: bytes) -> str:
    """What *told* says is wrong, on one line."""
    lines = [line.strip(" ×│╰─▶") for line in told.decode("utf-8", "replace").split("\n")]
    errors = (n for n, line in enumerate(lines) if line.lower().startswith("error"))
    return safe(" ".join(filter(None, lines[next(errors, 0) :]))[:500], None)


@cache
def find_uv() -> str | None:
    """The uv that is beside this Python or on the PATH, if there is one."""
    beside = Path(sys.executable).with_name("uv")
    return str(beside) if beside.is_file() else shutil.which("uv")


@cache
def pip() -> tuple[str, ...]:
    """The pip of this Python; raises :class:`Unavailable` without one."""
    if importlib.util.find_spec("pip") is None:
        raise EnvironmentUnavailable(
            "neither uv nor pip is there to install packages with", is_plain=True
        )
    return (sys.executable, "-m", "pip", "--disable-pip-version-check")


def any_pip() -> tuple[str, ...]:
    """A pip to ask questions, which uv can lend."""
    lender = find_uv()
    return (lender, "tool", "run", "--quiet", "pip") if lender else pip()


@cache
def find_python(version: str) -> Path:
    """A Python of that *version*, ``3.11``; raises :class:`Unavailable` without one."""
    for candidate in _candidates(version):
        if candidate.is_file() and python_version(candidate) == version:
            return candidate.resolve()
    raise EnvironmentUnavailable(f"Python {version} is not installed", is_plain=True)


def _candidates(version: str) -> Iterator[Path]:
    """Where such a Python may be: named by the user, this one, installed, or managed by others."""
    if named := os.environ.get(f"FEP_PYTHON_{version.replace('.', '_')}"):
        yield Path(named)
        return
    yield Path(os.path.realpath(sys.executable))
    if found := shutil.which(f"python{version}"):
        yield Path(found)
    for variable, default, pattern in _KEPT:
        root = Path(os.environ.get(variable) or Path(default).expanduser())
        yield from sorted(root.glob(pattern.format(version)), reverse=True)


_KEPT = (
    ("PYENV_ROOT", "~/.pyenv", "versions/{}.*/bin/python3"),
    ("RUNNER_TOOL_CACHE", "/opt/hostedtoolcache", "Python/{}.*/*/bin/python3"),
    ("UV_PYTHON_INSTALL_DIR", "~/.local/share/uv/python", "cpython-{}.*/bin/python3"),
)
"""Where pyenv, the runners of GitHub and uv keep theirs."""


def python_version(python: Path) -> str:
    """The version of *python*, ``3.11``; ``""`` for what is no Python, as a shim may be."""
    try:
        told = "import sys; print('%d.%d' % sys.version_info[:2])"
        return run_tool([python, "-I", "-S", "-c", told]).strip()
    except EnvironmentUnavailable:
        return ""
