"""Values with several entries."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

from ..._text import quote
from .spec import FieldSpec, InvalidValue, Mistake, Piece, trimmed

Entry = TypeVar("Entry")

MOST = 20
"""Mistakes told of one value; whoever makes more of them makes the same one again."""

_MARKS = re.compile(r"[,<>()`\n]")


def pieces(text: str, separator: str = "either", start: int = 0) -> Iterator[Piece]:
    """The entries of *text*, which begins at *start* of the value.

    They end at commas and line ends outside ``<>``, ``()`` and backquotes; with the separator
    ``line`` only at line ends. An entry whose line ends without a comma, and which is not the
    last, says ``comma=False``.
    """
    begin, last = 0, len(text.rstrip())
    for end, character in _ends(text, separator):
        comma = character == "," or end >= last
        piece = trimmed(text[begin:end], start + begin, comma=comma)
        if piece.text:
            yield piece
        begin = end + 1


def _ends(text: str, separator: str) -> Iterator[tuple[int, str]]:
    """Where entries end, and at which character."""
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
    whole: Piece,
    spec: FieldSpec,
    read_one: Callable[[Piece, FieldSpec], Entry],
    entries: Iterable[Piece] | None = None,
) -> tuple[Entry, ...]:
    """Every entry read by *read_one*; the mistakes in them, up to a limit, raised at once."""
    values: list[Entry] = []
    mistakes: list[Mistake] = []
    if entries is None:
        entries = pieces(whole.text, spec.header.separator, whole.start)
    for piece in entries:
        try:
            values.append(read_one(piece, spec))
        except InvalidValue as invalid:
            mistakes += invalid.mistakes
            if len(mistakes) >= MOST:
                break
    if mistakes:
        raise InvalidValue(*mistakes)
    if not values:
        raise whole.wrong("header-list", "has no entry; write one")
    return tuple(values)


def read_tidy(
    whole: Piece,
    spec: FieldSpec,
    read_one: Callable[[Piece, FieldSpec], Entry],
    key: Callable[[Entry], Any] = lambda entry: entry,
) -> tuple[Entry, ...]:
    """Every entry, if they are written once each, in order, with a comma and a blank between."""
    values = read_each(whole, spec, read_one)
    wanted = list(dict.fromkeys(values))
    fault = "has an entry twice" if len(wanted) < len(values) else ""
    if spec.header.sorted and wanted != sorted(wanted, key=key):
        wanted.sort(key=key)
        fault = fault or "is not sorted"
    written = ", ".join(map(str, wanted))
    plain = whole.line.removesuffix(",").rstrip()
    if not fault and not spec.header.leading_zeros and plain != written:
        fault = "does not have a comma and one blank between entries"
    if fault:
        raise whole.wrong("header-list", f"{fault}; write {quote(written)}", written)
    return values
