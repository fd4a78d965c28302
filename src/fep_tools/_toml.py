"""TOML of untrusted files, and the lines of its keys."""

from __future__ import annotations

import re
import tomllib
from typing import Any

from .errors import FepError

MAX_TOML_CHARACTERS = 64 * 1024
"""The longest file that is parsed: tomllib needs disproportionate memory for crafted files."""

MAX_DOTS_PER_LINE = 200
MAX_BRACKETS_PER_LINE = 50
"""Bounds of nesting: tomllib takes quadratic time for ``a.a.a.a = 1``, and recurses into ``[[[[``.
See docs/security.rst, *sec-limits*."""


def parse(text: str, name: str, error: type[FepError]) -> dict[str, Any]:
    """Return the tables of *text*.

    :param name: the name of the file in messages.
    :param error: the exception to raise if *text* is not TOML, too large or nested too deeply.
    """
    if len(text) > MAX_TOML_CHARACTERS:
        raise error(f"{name}: larger than {MAX_TOML_CHARACTERS // 1024} KiB")
    for number, line in enumerate(text.split("\n"), start=1):
        if line.count(".") > MAX_DOTS_PER_LINE or line.count("[") > MAX_BRACKETS_PER_LINE:
            raise error(f"{name}:{number}: nested too deeply")
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as problem:
        raise error(f"{name}: not valid TOML: {problem}") from None


def line_of(text: str, path: tuple[str | int, ...]) -> int:
    """Return the line of a key, or that of the nearest table that is written out.

    tomllib does not keep positions, so this looks for table headers and ``key =`` in the text.

    :param path: keys and positions in arrays, such as ``("header", 2, "kind")`` for the key
        ``kind`` under the third ``[[header]]``.
    """
    lines = text.split("\n")
    position, table = 0, ""
    for part in path:
        if isinstance(part, int):
            headers = [n for n, line in enumerate(lines) if line.strip() == f"[[{table}]]"]
            position = headers[part] if part < len(headers) else position
            table = ""
            continue
        table = f"{table}.{part}".lstrip(".")
        headers = [n for n, line in enumerate(lines) if line.strip() == f"[{table}]"]
        found = headers[0] if headers else _find_key(lines, position, part)
        position = position if found is None else found
    return position + 1


def _find_key(lines: list[str], start: int, key: str) -> int | None:
    """Return the index of the line of *key* in the table whose header is at *start*."""
    # "key = 1", "'key' = 1" or a header that ends with it, such as "[tool.key]"
    name = re.escape(key)
    pattern = re.compile(rf"""\s*(?:\[+[^\]]*\b{name}\]|["']?{name}["']?\s*=)""")
    for number in range(start, len(lines)):
        if number > start and start and lines[number].startswith("["):
            return None  # the next table
        if pattern.match(lines[number]):
            return number
    return None
