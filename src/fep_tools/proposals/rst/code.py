"""Blocks of code: what is shown of them, and whether they are code of their language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

from ..._text import plural
from .allowlist import LANGUAGES

MAX_CODE_LENGTH = 20_000
"""How many characters of a block of code are highlighted."""

MAX_CODE_LINE_LENGTH = 1000
"""How many characters of a line of code are highlighted."""

PLAIN_LANGUAGES = frozenset(("default", "none", "text"))
"""Languages in which everything is right."""

_PYTHON = frozenset(("py", "py3", "python", "python3"))


class LexingError(NamedTuple):
    """The first text that a lexer does not know: line and column in the block, from 0."""

    line: int
    column: int
    text: str


def is_highlighted(text: str, language: str) -> bool:
    """Return whether a block of code is highlighted, which must not take long."""
    longest_line = max(map(len, text.split("\n")))
    is_short = len(text) <= MAX_CODE_LENGTH and longest_line <= MAX_CODE_LINE_LENGTH
    return is_short and language.lower() in LANGUAGES


def lexing_error(text: str, language: str) -> LexingError | None:
    """Return where Pygments finds that a block is not code of its language.

    Sphinx takes the same lexers (``PygmentsBridge.get_lexer``).
    """
    name = language.lower()
    if name in PLAIN_LANGUAGES or not name or not is_highlighted(text, language):
        return None
    from pygments.token import Error  # imported late: most bodies have no such block

    if name in _PYTHON:
        name = "pycon" if text.startswith(">>>") else "python"
    lexer = _lexer({"pycon3": "pycon"}.get(name, name))
    for index, kind, token in lexer.get_tokens_unprocessed(f"{text}\n"):
        if kind is Error:
            before = text[:index]
            # '"type' of JSON is an error up to the end of the line, which it may include.
            shown = token.rstrip("\n") or token
            return LexingError(before.count("\n"), index - before.rfind("\n") - 1, shown)
    return None


@cache
def _lexer(name: str) -> Any:
    from pygments.lexers import get_lexer_by_name

    return get_lexer_by_name(name)


def emphasized_lines(specification: str, count: int) -> list[int]:
    """Return the numbers of the lines that ``:emphasize-lines:`` names.

    :param specification: Numbers and ranges: ``1,3-4``, ``-2``, ``5-``.
    :param count: The number of lines of the block, which is the end of ``5-``.
    :raises ValueError: It is something else.
    """
    numbers: list[int] = []
    for part in specification.split(","):
        start, dash, end = (piece.strip() for piece in part.partition("-"))
        try:
            if not dash:
                numbers.append(int(start))
                continue
            first = int(start or 1)
            last = int(end or max(first, count))
        except ValueError:
            raise ValueError(f"invalid line number spec: {specification!r}") from None
        if first > last or not (start or end):
            raise ValueError(f"invalid line number spec: {specification!r}")
        numbers.extend(range(first, last + 1))
    return numbers


def limit_options(options: dict[str, Any], lines: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Change options that fit only a longer or a more indented block, so that no text is lost.

    :param options: Those of ``.. code-block::``.
    :return: What is wrong, and what to do, of each of them.
    """
    numbers = _valid_numbers(options, len(lines))
    if missing := [number for number in numbers if not 1 <= number <= len(lines)]:
        options["emphasize-lines"] = ",".join(str(n) for n in numbers if n not in missing)
        if not options["emphasize-lines"]:  # to Sphinx, an empty one is another error
            del options["emphasize-lines"]
        lines_of_block = plural(len(lines), "line")
        message = f":emphasize-lines: names line {missing[0]}, but the code has {lines_of_block}"
        yield message, "count from the first line of the code"
    dedent = options.get("dedent")
    if dedent and (possible := possible_dedent(lines, dedent)) < dedent:
        options["dedent"] = possible
        message = f":dedent: would remove text: a line begins with {plural(possible, 'blank')} only"
        yield message, f"write :dedent: {possible}, or :dedent: without a number"


def _valid_numbers(options: dict[str, Any], count: int) -> list[int]:
    try:
        return emphasized_lines(options["emphasize-lines"], count)
    except (KeyError, ValueError):
        return []


def possible_dedent(lines: Sequence[str], dedent: int) -> int:
    """Return how many blanks all *lines* begin with, at most *dedent*."""
    return min((_indentation(line, dedent) for line in lines if line.strip()), default=dedent)


def _indentation(line: str, most: int) -> int:
    return min(len(line) - len(line.lstrip()), most)
