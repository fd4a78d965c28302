"""Resolve requirements to exact versions with hashes, as of a day.

uv asks the index that the user has configured. Nothing that is written names it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from ..errors import FepError
from . import toolchain

_OPTIONS = (
    "--generate-hashes",
    "--only-binary", ":all:",  # a source distribution runs its own code when it is built
    "--no-header", "--no-annotate", "--no-emit-index-url", "--no-emit-find-links", "--quiet",
)  # fmt: skip


class NoSolution(toolchain.EnvironmentUnavailable):
    """No versions meet the requirements: the index was asked, and this is its answer."""


def is_available(requirement: str, version: str, day: date | None) -> bool:
    """Return whether there was a wheel of *requirement* for Python *version* by the end of *day*.

    Its dependencies do not count.

    :param day: ``None`` for any day, also if the index has no dates.
    :raises FepError: if the index does not answer.
    """
    try:
        resolve([requirement], version, day, "--no-deps")
    except NoSolution:
        return False
    return True


def resolve(requires: Iterable[str], version: str, day: date | None, *options: str) -> str:
    """Return the lock of *requires* for Python *version*, from releases up to the end of *day*.

    :param day: ``None`` for releases of any day
    :param options: more options of ``uv pip compile``.
    :return: lines such as ``sanic==25.12.1 \\`` and ``    --hash=sha256:...``.
    :raises NoSolution: if no versions meet the requirements.
    :raises EnvironmentUnavailable: if there is no such Python.
    :raises FepError: if the index does not answer: it would not for other requirements either.
    """
    python = toolchain.find_python(version)
    dated = ("--exclude-newer", f"{day}T23:59:59Z") if day else ()
    with TemporaryDirectory(prefix="fep-") as directory:
        file = Path(directory, "requirements.txt")
        file.write_text("".join(f"{requirement}\n" for requirement in requires), "utf-8")
        command = (toolchain.find_uv(), "pip", "compile", *_OPTIONS, *dated, "--python", python)
        try:
            return toolchain.run_tool([*command, *options, file])
        except toolchain.EnvironmentUnavailable as problem:
            error = str(problem)
            if any(words in error for words in _UNANSWERED):
                raise FepError(f"the package index did not answer: {error}") from None
            if "No solution found" in error:
                raise NoSolution(error) from None
            raise


_UNANSWERED = (
    "Request failed", "Failed to fetch", "could not be queried", "network was disabled",
)  # fmt: skip
"""What uv says if it could not ask. Offline or without a password it finds no solution, too."""
