"""The lines of a lock: packages with a version and hashes, and nothing else."""

from __future__ import annotations

import re

from ._text import quote
from .errors import FepError

# sanic[ext]==25.12.1 ; python_version > "3" --hash=sha256:00... --hash=sha256:11...
_PINNED = re.compile(
    r"[A-Za-z0-9][A-Za-z0-9._-]*(\[[A-Za-z0-9._,-]+\])?==[A-Za-z0-9.!+_-]+"
    r"( *;((?! -)[^#\\])*)?( +--hash=sha256:[0-9a-f]{64})+"
)
_COMMENT = re.compile(r"^[ \t]*#.*\n", re.MULTILINE)


def logical_lines(lock: str) -> list[str]:
    """Return the lines of *lock* without comments, each with those that continue it."""
    lines = _COMMENT.sub("", lock).replace("\\\n", " ").split("\n")
    return [text for line in lines if (text := line.partition("#")[0].strip())]


def parse_pins(lock: str) -> list[str]:
    """Return the packages of *lock*, each on one line with its version and hashes.

    uv gets these lines instead of the file. An option in the file could name another index or
    a path, and uv may see a line or a comment end where we do not.
    """
    pins = logical_lines(lock)
    for pin in pins:
        if not (pin.isascii() and pin.isprintable() and _PINNED.fullmatch(pin)):
            start = quote(pin.split("--hash")[0][:80])
            raise FepError(f"{start} in a lock file is not a package with a version and hashes")
    return pins
