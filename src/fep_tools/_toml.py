"""TOML of untrusted files, and the lines of its keys."""

from __future__ import annotations

import re
from collections.abc import Sequence
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
    if not text:
        return {}
    import tomllib  # not at the top: what was read before is cached

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise error(_describe(text, name, str(problem))) from None
    except (ValueError, RecursionError):
        # Numbers of more than 4,300 digits, or values nested too deeply for Python.
        raise error(f"{name}: not valid TOML: a number is too long, or a list too deep") from None


def _describe(text: str, name: str, problem: str) -> str:
    """Return the message for a *problem* that tomllib reports.

    "Invalid value (at line 3, column 8)" becomes "x.toml:3: not valid TOML: invalid value at
    column 8", with a hint.
    """
    problem, _, position = problem.removesuffix(")").partition(" (at ")
    # "Cannot declare ('tool', 'fep') twice" shows the table as a tuple of Python.
    problem = re.sub(r"\(('[^)]*)\)", lambda match: _dotted(match[1]), problem)
    problem = problem[:1].lower() + problem[1:]
    match = re.fullmatch(r"line (\d+), column (\d+)", position)
    if match is None:
        return f"{name}:{text.count(chr(10)) + 1}: not valid TOML: {problem} at the end of the file"
    line, column = match.groups()
    if twice := re.fullmatch(r"cannot declare (\[.*\]) twice", problem):
        return f"{name}:{line}: the table {twice[1]} is defined twice; merge the two"
    if problem == "cannot overwrite a value":
        return f"{name}:{line}: a key of this table is defined twice; remove one"
    hint = "; write strings in quotes" if problem == "invalid value" else ""
    return f"{name}:{line}: not valid TOML: {problem} at column {column}{hint}"


def _dotted(keys: str) -> str:
    """Return the header of a table, such as ``[tool.fep]`` for ``'tool', 'fep',``."""
    names = ".".join(re.findall("'([^']*)'", keys))
    return f"[{names}]"


def line_of(text: str, path: Sequence[str | int]) -> int:
    """Return the line of a key, or that of the nearest table that is written out.

    tomllib does not keep positions, so this looks for table headers and ``key =`` in the text.

    :param path: keys and positions in arrays, such as ``("header", 2, "kind")`` for the key
        ``kind`` under the third ``[[header]]``.
    """
    lines = text.split("\n")
    start, end, table, is_inline = 0, len(lines), "", False
    for part in path:
        if isinstance(part, int):
            headers = _find_headers(lines, start, end, rf"\[\[{table}\]\]")
            if part < len(headers):
                start, end = headers[part], [*headers, end][part + 1]
            elif not headers:
                is_inline = True  # an element of a list such as [{ statuses = ["Draft"] }]
            continue
        table = rf"{table}\.{_key_pattern(part)}" if table else _key_pattern(part)
        found = _find_headers(lines, start, end, rf"\[?\[{table}\]\]?")[:1]
        if not found:
            found = _find_key(lines, start, end, part, is_inline)
            is_inline = is_inline or bool(found)
        start = found[0] if found else start
    return start + 1


def line_of_string(text: str, path: Sequence[str | int], string: str) -> int:
    """Return the line of a string, or of a placeholder, in the value of a key.

    :param path: the path of the key, as for :func:`line_of`.
    :param string: the whole string, or the name of a placeholder such as ``{url}`` in it.
    """
    lines = text.split("\n")
    start = line_of(text, path) - 1
    forms = (f'"{string}"', f"'{string}'", f"{{{string}}}")
    for number in range(start, _end_of_table(lines, start, len(lines))):
        if any(form in lines[number] for form in forms):
            return number + 1
    return start + 1


_HEADER = re.compile(r"""\s*\[\[?[\w\s."'*/-]+\]\]?\s*(?:#|$)""")
"""The header of a table, such as ``[[header]]  # comment``."""


def _key_pattern(key: str) -> str:
    return rf"""\s*["']?{re.escape(key)}["']?\s*"""


def _find_headers(lines: list[str], start: int, end: int, header: str) -> list[int]:
    """Return the indexes of the lines that are this *header*, a regular expression."""
    pattern = re.compile(rf"\s*{header}\s*(?:#|$)")
    return [number for number in range(start, end) if pattern.match(lines[number])]


def _find_key(lines: list[str], start: int, end: int, key: str, is_inline: bool) -> list[int]:
    """Return the index of the line of *key*, if the table that begins at *start* has it.

    :param is_inline: whether it is in an inline table, so that other text may precede it.
    """
    before = r"(?:^|.*[{,\s])" if is_inline else ""
    pattern = re.compile(rf"{before}{_key_pattern(key)}[.=]")
    numbers = range(start, _end_of_table(lines, start, end))
    return [number for number in numbers if pattern.match(lines[number])][:1]


def _end_of_table(lines: list[str], start: int, end: int) -> int:
    """Return the index of the first header after *start*, or else *end*."""
    first = start if start == 0 and not _HEADER.match(lines[0]) else start + 1
    return next((number for number in range(first, end) if _HEADER.match(lines[number])), end)
