"""Values that are a few words, a choice, a number or a version."""

from __future__ import annotations

import re
from functools import cache

from ..._text import closest_match, join_words, quote
from .spec import FieldSpec, Piece

CERTAIN = 0.8
"""How alike a word must be to a choice to be replaced by it."""

_VERSION = r"(?:0|[1-9][0-9]{0,3})(?:\.(?:0|[1-9][0-9]{0,3})){1,2}"
_PLAIN_VERSION = re.compile(_VERSION)
_DECORATED_VERSION = re.compile(rf"(?:[A-Za-z]+[ -])?[vV]?({_VERSION})")
_WILDCARD = re.compile(r"[1-9][0-9]?\.x")


def read_text(piece: Piece, spec: FieldSpec) -> str:
    """The words of *piece*, on one line."""
    line = piece.line
    if spec.header.max_length and len(line) > spec.header.max_length:
        message = f"has {len(line)} characters; write at most {spec.header.max_length}"
        raise piece.wrong("header-text", message)
    return line


def read_choice(piece: Piece, spec: FieldSpec) -> str:
    """The one of the choices that *piece* is."""
    word = piece.line
    if word in spec.choices:
        return word
    for old, new in spec.former:
        if old.casefold() == word.casefold():
            message = f"is {quote(word)}, which is now called {new}"
            raise piece.wrong("status-former", message, new)
    write = closest_match(word, spec.choices) or join_words(spec.choices)
    fix = closest_match(word, spec.choices, CERTAIN)
    raise piece.wrong("header-choice", f"is {quote(word)}; write {write}", fix)


def read_flag(piece: Piece, spec: FieldSpec) -> bool:
    """Yes; there is no other word, since a header that is left out says no."""
    word, yes = piece.line, spec.choices[0]
    if word == yes:
        return True
    fix = yes if word.casefold() in {yes.casefold(), "true", "1"} else None
    write = f"write {yes}" if fix else f"write {yes}, or remove the header"
    raise piece.wrong("header-choice", f"is {quote(word)}; {write}", fix)


def read_number(piece: Piece, spec: FieldSpec) -> int:
    """The number of a proposal."""
    match = _labelled(spec.acronym).fullmatch(piece.text)
    if match is None:
        message = f"is {quote(piece.text)}; write a number from 0 to 9999, such as 12"
        raise piece.wrong("header-number", message)
    number = int(match[1])
    if piece.text != str(number) and not (spec.header.leading_zeros and piece.text == match[1]):
        message = f"is {quote(piece.text)}; write {number}"
        raise piece.wrong("header-number", message, str(number))
    return number


@cache
def _labelled(acronym: str) -> re.Pattern[str]:
    label = rf"(?:{re.escape(acronym)}[ -]?)?" if acronym else ""
    return re.compile(rf"{label}([0-9]{{1,4}})", re.IGNORECASE)


def read_version(piece: Piece, spec: FieldSpec) -> str:
    """A version of two or three numbers, or such as ``3.x`` where the form has a wildcard."""
    text = piece.text
    is_wildcard = spec.header.version_wildcards and _WILDCARD.fullmatch(text)
    if not is_wildcard and not _PLAIN_VERSION.fullmatch(text):
        decorated = _DECORATED_VERSION.fullmatch(text)
        fix = decorated[1] if decorated else None
        write = fix or "two or three numbers, such as 3.1 or 3.1.2"
        raise piece.wrong("header-version", f"is {quote(text)}; write {write}", fix)
    if spec.header.major_versions and int(text.partition(".")[0]) not in spec.header.major_versions:
        majors = join_words(str(major) for major in spec.header.major_versions)
        raise piece.wrong("header-version", f"is {quote(text)}; versions begin with {majors}")
    return text


def version_key(version: str) -> tuple[int, ...]:
    """What sorts versions: 3.9 before 3.10, and ``3.x`` after all of its kind."""
    return tuple(10**6 if part == "x" else int(part) for part in version.split("."))
