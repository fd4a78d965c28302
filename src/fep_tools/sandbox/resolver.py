"""From what somebody asks for to exact versions with hashes, as of a day.

uv or pip ask the index that they are configured for; nothing here knows which that is, and
nothing that is written down names it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, UTC
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from . import toolchain

_WHEELS = ("--only-binary", ":all:")
_SILENT = ("--no-header", "--no-annotate", "--no-emit-index-url", "--no-emit-find-links")
_DATED = "--uploaded-prior-to"
"""An option of pip since version 26."""


def is_available(requirement: str, version: str, day: date) -> bool:
    """Whether *requirement* itself, by the end of *day*, could be had for Python *version*."""
    try:
        resolve([requirement], version, day, "--no-deps")
    except toolchain.EnvironmentUnavailable:
        return False
    return True


def resolve(requires: Iterable[str], version: str, day: date, *options: str) -> str:
    """The lines of a lock for Python *version*, of what had been released by the end of *day*.

    Raises :class:`.tools.Unavailable` where there is no answer, or nothing to find it with.
    """
    base = toolchain.find_python(version)
    with TemporaryDirectory(prefix="fep-") as folder:
        wanted = Path(folder, "wanted.txt")
        wanted.write_text("".join(f"{one}\n" for one in requires), "utf-8")
        uv = toolchain.find_uv()
        how: list[str | Path] = ["--python", base, *options]
        return _with_uv(uv, wanted, day, how) if uv else _with_pip(wanted, day, how)


def _with_uv(uv: str, wanted: Path, day: date, how: Sequence[str | Path]) -> str:
    asked = ("--generate-hashes", "--quiet", *_WHEELS, *_SILENT)
    dated = ("--exclude-newer", f"{day}T23:59:59Z")
    return toolchain.run_tool([uv, "pip", "compile", *asked, *dated, *how, wanted])


def _with_pip(wanted: Path, day: date, how: Sequence[str | Path]) -> str:
    asked = ("install", "--quiet", "--dry-run", "--ignore-installed", "--report", "-", *_WHEELS)
    dated: tuple[str, ...] = ()
    if day < datetime.now(UTC).date():
        if _DATED not in toolchain.run_tool([*toolchain.pip(), "install", "--help"]):
            raise toolchain.EnvironmentUnavailable("a day in the past needs uv, or pip 26 or later")
        dated = (_DATED, f"{day}T23:59:59Z")
    _python, base, *options = how
    here: list[str | Path] = ["--python", base, *asked, *dated, *options, "--requirement", wanted]
    return "".join(_pins(json.loads(toolchain.run_tool([*toolchain.pip(), *here]))))


def _pins(report: dict[str, Any]) -> Iterator[str]:
    """The lines of a lock from what pip says that it would install, as its documents have it."""
    for item in sorted(report["install"], key=lambda item: str(item["metadata"]["name"]).lower()):
        name = re.sub(r"[-_.]+", "-", item["metadata"]["name"]).lower()
        digest = item["download_info"]["archive_info"]["hashes"]["sha256"]
        yield f"{name}=={item['metadata']['version']} \\\n    --hash=sha256:{digest}\n"
