"""TOML from a file that a stranger may have written, and where in it a key stands."""

from __future__ import annotations

import re
import tomllib
from typing import Any

from .errors import FepError

LARGEST = 64 * 1024
"""Bytes; :mod:`tomllib` needs memory out of proportion for hostile files (SEC-G1)."""

DEEPEST = 10
"""Parts of a dotted key, and levels of nested brackets."""


def parse(text: str, name: str, error: type[FepError]) -> dict[str, Any]:
    """The tables of *text*; raises *error*, naming the file and the line, for anything else."""
    if len(text) > LARGEST:
        raise error(f"{name}: larger than {LARGEST // 1024} KiB")
    for number, line in enumerate(text.split("\n"), start=1):
        if line.count(".") > 200 or line.count("[") > 50:
            raise error(f"{name}:{number}: nested deeper than {DEEPEST} levels")
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as problem:
        raise error(f"{name}: not valid TOML: {problem}") from None


def line_of(text: str, path: tuple[str | int, ...]) -> int:
    """The line on which the key at *path*, such as ``("header", 2, "kind")``, stands.

    The nearest table is named where the key itself is not written out.
    """
    lines = text.split("\n")
    at, table = 0, ""
    for part in path:
        if isinstance(part, int):
            heads = [n for n, line in enumerate(lines) if line.strip() == f"[[{table}]]"]
            at = heads[part] if part < len(heads) else at
            table = ""
            continue
        table = f"{table}.{part}".lstrip(".")
        heads = [n for n, line in enumerate(lines) if line.strip() == f"[{table}]"]
        found = heads[0] if heads else _key(lines, at, part)
        at = at if found is None else found
    return at + 1


def _key(lines: list[str], start: int, key: str) -> int | None:
    wanted = re.compile(rf"""\s*(?:\[+[^\]]*\b{re.escape(key)}\]|["']?{re.escape(key)}["']?\s*=)""")
    for number in range(start, len(lines)):
        if number > start and start and lines[number].startswith("["):
            return None
        if wanted.match(lines[number]):
            return number
    return None
