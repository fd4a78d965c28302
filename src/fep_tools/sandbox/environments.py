"""The environments that programs run in: a Python and the packages of a lock, nothing else.

Each is a folder, named for what is in it, made once and never changed: what is there is whole,
and using it needs no network.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import mkdtemp

from .._text import quote
from ..errors import FepError
from . import toolchain

_RECORD = "fep.json"
"""Written last: the folders of its Python."""

_PINNED = re.compile(
    r"[A-Za-z0-9][A-Za-z0-9._-]*(\[[A-Za-z0-9._,-]+\])?==[A-Za-z0-9.!+_-]+"
    r"( *;((?! -)[^#\\])*)?( +--hash=sha256:[0-9a-f]{64})+"
)
_COMMENT = re.compile(r"^[ \t]*#.*\n", re.MULTILINE)


@dataclass(frozen=True)
class Environment:
    """A *python* with packages of its own, and every folder that it has to be able to read."""

    python: Path
    readable: tuple[Path, ...]


def build(lock: str, version: str, store: Path) -> Environment:
    """The environment of that *lock* on Python *version* in *store*, made if it is not there.

    Raises :class:`.tools.Unavailable`, which says what is missing.
    """
    pins = _pins(lock)
    base = toolchain.find_python(version)
    folder = _folder(lock, base, store)
    if not is_built(lock, version, store):
        _make(folder, base, pins)
    prefixes = json.loads((folder / _RECORD).read_text("utf-8"))
    return Environment(folder / "bin" / "python", (folder, *map(Path, prefixes)))


def is_built(lock: str, version: str, store: Path) -> bool:
    """Whether :func:`build` has nothing to do."""
    return (_folder(lock, toolchain.find_python(version), store) / _RECORD).is_file()


def _folder(lock: str, base: Path, store: Path) -> Path:
    return store / sha256(f"{base}\0{lock}".encode()).hexdigest()[:32]


def _pins(lock: str) -> list[str]:
    """The packages of *lock*, each on a line with its version and hashes.

    Only these are shown to uv and pip: an option could lead anywhere, and what is a comment,
    or a line, is not the same to each of them.
    """
    lines = _COMMENT.sub("", lock).replace("\\\n", " ").split("\n")
    pins = [pin for line in lines if (pin := line.partition("#")[0].strip())]
    for pin in pins:
        if not (pin.isascii() and pin.isprintable() and _PINNED.fullmatch(pin)):
            shown = quote(pin.split("--hash")[0][:80])
            raise FepError(f"{shown} in a lock is no package with a version and hashes")
    return pins


def _make(folder: Path, base: Path, pins: list[str]) -> None:
    """Make *folder*, whole; of two processes that do so at once, one is the first."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    place = Path(mkdtemp(prefix="new-", dir=folder.parent))
    try:
        place.chmod(0o755)
        _install(place, base, pins)
        (place / _RECORD).write_text(_prefixes(base), "utf-8")
        if not (folder / _RECORD).is_file():
            shutil.rmtree(folder, ignore_errors=True)
            with suppress(OSError):
                os.rename(place, folder)
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _install(place: Path, base: Path, pins: list[str]) -> None:
    """A virtual environment at *place* with the packages of *pins*, as wheels only."""
    file = place / "lock.txt"
    file.write_text("".join(f"{pin}\n" for pin in pins), "utf-8")
    python = place / "bin" / "python"
    strict = ("--require-hashes", "--only-binary", ":all:")
    if uv := toolchain.find_uv():
        # What is linked to uv's cache could be changed there by a snippet, for everybody.
        quick = ("--quiet", "--link-mode", "copy", "--compile-bytecode")
        toolchain.run_tool(
            [uv, "venv", "--quiet", "--no-project", "--allow-existing", "--python", base, place]
        )
        toolchain.run_tool([uv, "pip", "sync", "--python", python, *quick, *strict, file])
    else:
        toolchain.run_tool([base, "-I", "-m", "venv", "--without-pip", place])
        asked = ("install", "--quiet", "--no-deps", *strict, "--requirement", file)
        toolchain.run_tool([*toolchain.pip(), "--python", python, *asked])


def _prefixes(base: Path) -> str:
    """The folders of *base* itself, as JSON."""
    told = "import json, sys; print(json.dumps(sorted({sys.base_prefix, sys.base_exec_prefix})))"
    return toolchain.run_tool([base, "-I", "-S", "-c", told])
