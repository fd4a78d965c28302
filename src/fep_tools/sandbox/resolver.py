"""Resolve requirements to exact versions with hashes, as of a day.

uv asks the index that the user has configured. Nothing that is written names it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from . import toolchain

_OPTIONS = (
    "--generate-hashes",
    "--only-binary", ":all:",  # a source distribution runs its own code when it is built
    "--no-header", "--no-annotate", "--no-emit-index-url", "--no-emit-find-links", "--quiet",
)  # fmt: skip


def is_available(requirement: str, version: str, day: date) -> bool:
    """Return whether there was a wheel of *requirement* for Python *version* by the end of *day*.

    Its dependencies do not count.
    """
    try:
        resolve([requirement], version, day, "--no-deps")
    except toolchain.EnvironmentUnavailable:
        return False
    return True


def resolve(requires: Iterable[str], version: str, day: date, *options: str) -> str:
    """Return the lock of *requires* for Python *version*, from releases up to the end of *day*.

    :param options: more options of ``uv pip compile``.
    :return: lines such as ``sanic==25.12.1 \\`` and ``    --hash=sha256:...``.
    :raises EnvironmentUnavailable: if there is no solution or no such Python.
    """
    python = toolchain.find_python(version)
    dated = ("--exclude-newer", f"{day}T23:59:59Z")
    with TemporaryDirectory(prefix="fep-") as directory:
        file = Path(directory, "requirements.txt")
        file.write_text("".join(f"{requirement}\n" for requirement in requires), "utf-8")
        command = (toolchain.find_uv(), "pip", "compile", *_OPTIONS, *dated, "--python", python)
        return toolchain.run_tool([*command, *options, file])
