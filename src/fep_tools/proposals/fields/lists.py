"""Values with several entries."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

from ..._text import quote
from .spec import FieldSpec, InvalidValue, Mistake, Piece, trimmed

Entry = TypeVar("Entry")

MAX_ENTRIES = 200
"""How many entries a list may have. Each author has a page, and so has each topic."""

MAX_MISTAKES_PER_VALUE = 1000
"""The number of mistakes after which reading a list stops, which is one more mistake."""

_MARKS = re.compile(r"[,<>()`\n]")
_CLOSING = {"<": ">", "(": ")"}


def pieces(text: str, separator: str = "either", start: int = 0) -> Iterator[Piece]:
    """Yield the entries of a list.

    Entries end at line ends and at commas outside ``<>``, ``()`` and backquotes, if those are
    closed on the same line; with the separator ``line``, only at line ends. In
    ``"Ada,\\nGrace\\nLinus"``, the second entry has ``comma=False``: its line ends without one,
    and it is not the last.

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
        mark, start = match[0], match.start()
        if mark == "\n":
            depth, quoted = 0, False
            yield start, mark
        elif mark == ",":
            if depth <= 0 and not quoted and separator != "line":
                yield start, mark
        elif mark == "`":
            # Not the apostrophe in "O`Brien": another one closes it.
            quoted = not quoted and _is_closed(text, start, "`")
        elif mark in "<(":
            depth += _is_closed(text, start, _CLOSING[mark])
        else:
            depth = max(depth - 1, 0)


def _is_closed(text: str, start: int, closing: str) -> bool:
    """Return whether *closing* follows on the line of ``text[start]``."""
    end = text.find("\n", start)
    return text.find(closing, start + 1, end if end >= 0 else len(text)) >= 0


def read_each(
    value: Piece,
    spec: FieldSpec,
    read_one: Callable[[Piece, FieldSpec], Entry],
    entries: Iterable[Piece] | None = None,
) -> tuple[Entry, ...]:
    """Read every entry of a list with *read_one*.

    :param entries: the entries, if not those that :func:`pieces` yields.
    :raises InvalidValue: with the mistakes in all entries, up to a limit, and with those entries
        that can be understood, up to :data:`MAX_ENTRIES`.
    """
    values: list[Entry] = []
    mistakes: list[Mistake] = []
    if entries is None:
        entries = pieces(value.text, spec.header.separator, value.start)
    for piece in entries:
        if len(values) == MAX_ENTRIES:
            message = f"has more than {MAX_ENTRIES} entries; shorten the list"
            mistakes += value.error("header-list", message).mistakes
            break
        try:
            values.append(read_one(piece, spec))
        except InvalidValue as invalid:
            mistakes += invalid.mistakes
            values += () if invalid.value is None else (invalid.value,)
            if len(mistakes) >= MAX_MISTAKES_PER_VALUE:
                message = f"has at least {MAX_MISTAKES_PER_VALUE} mistakes; shorten the list"
                mistakes += value.error("header-list", message).mistakes
                break
    if mistakes:
        raise InvalidValue(*mistakes, value=tuple(values) or None)
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
    try:
        entries = read_each(value, spec, read_one)
    except InvalidValue as invalid:
        understood = tuple(dict.fromkeys(invalid.value or ())) or None
        raise InvalidValue(*invalid.mistakes, value=understood) from None
    tidy = list(dict.fromkeys(entries))
    problem = "has an entry twice" if len(tidy) < len(entries) else ""
    if spec.header.sorted and tidy != sorted(tidy, key=key):
        tidy.sort(key=key)
        problem = problem or "is not sorted"
    text = ", ".join(map(str, tidy))
    # Leading zeros are lost in numbers, so the text of such a list cannot be compared.
    comparable = not (spec.header.leading_zeros or spec.header.is_free_list)
    if not problem and comparable and value.line.removesuffix(",").rstrip() != text:
        problem = "needs a comma and a space between entries"
    if problem and spec.header.is_free_list:
        advice = "remove one" if len(tidy) < len(entries) else "sort it"
        raise value.error("header-list", f"{problem}; {advice}", value=tuple(tidy))
    if problem:
        raise value.error("header-list", f"{problem}; write {quote(text)}", text, tuple(tidy))
    return entries
