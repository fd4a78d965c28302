"""Values with several entries."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

from ..._text import quote
from .spec import FieldSpec, InvalidValue, Mistake, Piece, trimmed

Entry = TypeVar("Entry")

MAX_MISTAKES_PER_VALUE = 20
"""The number of mistakes after which reading a list stops, to bound what is reported."""

_MARKS = re.compile(r"[,<>()`\n]")


def pieces(text: str, separator: str = "either", start: int = 0) -> Iterator[Piece]:
    """Yield the entries of a list.

    Entries end at line ends and at commas outside ``<>``, ``()`` and backquotes; with the
    separator ``line``, only at line ends. In ``"Ada,\\nGrace\\nLinus"``, the second entry has
    ``comma=False``: its line ends without one, and it is not the last.

    :param start: the offset of *text* in the value.
    """
    begin, last = 0, len(text.rstrip())
    for end, character in _entry_ends(text, separator):
        comma = character == "," or end >= last
        piece = trimmed(text[begin:end], start + begin, comma=comma)
        if piece.text:
            yield piece
        begin = end + 1


def _entry_ends(text: str, separator: str) -> Iterator[tuple[int, str]]:
    """Yield the offset and the character at which each entry ends."""
    depth, quoted = 0, False
    for match in _MARKS.finditer(text + "\n"):
        mark = match[0]
        if mark == "\n":
            depth, quoted = 0, False
            yield match.start(), mark
        elif mark == ",":
            if depth <= 0 and not quoted and separator != "line":
                yield match.start(), mark
        else:
            quoted ^= mark == "`"
            depth += (mark in "<(") - (mark in ">)")


def read_each(
    value: Piece,
    spec: FieldSpec,
    read_one: Callable[[Piece, FieldSpec], Entry],
    entries: Iterable[Piece] | None = None,
) -> tuple[Entry, ...]:
    """Read every entry of a list with *read_one*.

    :param entries: the entries, if not those that :func:`pieces` yields.
    :raises InvalidValue: with the mistakes in all entries, up to a limit.
    """
    values: list[Entry] = []
    mistakes: list[Mistake] = []
    if entries is None:
        entries = pieces(value.text, spec.header.separator, value.start)
    for piece in entries:
        try:
            values.append(read_one(piece, spec))
        except InvalidValue as invalid:
            mistakes += invalid.mistakes
            if len(mistakes) >= MAX_MISTAKES_PER_VALUE:
                break
    if mistakes:
        raise InvalidValue(*mistakes)
    if not values:
        raise value.error("header-list", "has no entry; add one")
    return tuple(values)


def read_tidy(
    value: Piece,
    spec: FieldSpec,
    read_one: Callable[[Piece, FieldSpec], Entry],
    key: Callable[[Entry], Any] = lambda entry: entry,
) -> tuple[Entry, ...]:
    """Read a list whose entries are unique, in order, and separated by a comma and a space.

    :param key: the sort key of an entry.
    """
    entries = read_each(value, spec, read_one)
    tidy = list(dict.fromkeys(entries))
    problem = "has an entry twice" if len(tidy) < len(entries) else ""
    if spec.header.sorted and tidy != sorted(tidy, key=key):
        tidy.sort(key=key)
        problem = problem or "is not sorted"
    text = ", ".join(map(str, tidy))
    # Leading zeros are lost in numbers, so the text of such a list cannot be compared.
    comparable = not spec.header.leading_zeros
    if not problem and comparable and value.line.removesuffix(",").rstrip() != text:
        problem = "needs a comma and a space between entries"
    if problem:
        raise value.error("header-list", f"{problem}; write {quote(text)}", text)
    return entries
