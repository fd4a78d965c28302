"""Values that are a text, a choice, a number or a version."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from ..._numbers import MAX_NUMBER, NUMBER
from ..._text import closest_match, join_words, leading_choice, quote
from .spec import FieldSpec, Piece

MIN_FIX_LIKENESS = 0.8
"""How similar a word must be to a choice, from 0 to 1, for a fix to replace it."""

_VERSION = r"(?:0|[1-9][0-9]{0,3})(?:\.(?:0|[1-9][0-9]{0,3})){1,2}"
# "package.name (2.3)": at least one dot, and perhaps the version that did it.
_SYMBOL = re.compile(r"([^\W\d]\w*(?:\.[^\W\d]\w*)+)(?:[ \t]*\(([^()]+)\))?")
_PLAIN_VERSION = re.compile(_VERSION)
_DECORATED_VERSION = re.compile(rf"(?:[A-Za-z]+[ -])?[vV]?({_VERSION})")  # "v3.1", "Flask 3.1"
_WILDCARD = re.compile(r"[1-9][0-9]?\.x")


def read_text(piece: Piece, spec: FieldSpec) -> str:
    """Read a text, which becomes one line."""
    line, limit = piece.line, spec.header.max_length
    if limit and len(line) > limit:
        message = f"is {len(line)} characters long; use at most {limit}"
        raise piece.error("header-text", message, value=line)
    return line


def read_choice(piece: Piece, spec: FieldSpec) -> str:
    """Read one of the choices.

    A former name, and a choice in other capitals, are understood. A misspelt one is not: what it
    was meant to be is a guess. Text after one counts only if the header may have some.
    """
    if spec.header.trailing_text:
        names = (*spec.choices, *(old for old, _new in spec.former))
        piece = replace(piece, text=leading_choice(piece.text, names) or piece.text)
    word = piece.line
    if word in spec.choices:
        return word
    for old, new in spec.former:
        if old.casefold() == word.casefold():
            message = f"is {quote(word)}, which is now called {new}"
            raise piece.error("status-former", message, new, new)
    hint = closest_match(word, spec.choices) or join_words(spec.choices)
    fix = closest_match(word, spec.choices, MIN_FIX_LIKENESS)
    meant = next((c for c in spec.choices if c.casefold() == word.casefold()), None)
    raise piece.error("header-choice", f"is {quote(word)}; write {hint}", fix, meant)


def read_flag(piece: Piece, spec: FieldSpec) -> bool:
    """Read a flag. It has only one value; its absence means the opposite."""
    word, yes = piece.line, spec.choices[0]
    if word == yes:
        return True
    fix = yes if word.casefold() in {yes.casefold(), "true", "1"} else None
    hint = f"write {yes}" if fix else f"write {yes}, or remove the header"
    meant = True if fix else None
    raise piece.error("header-choice", f"is {quote(word)}; {hint}", fix, meant)


def read_number(piece: Piece, spec: FieldSpec) -> int:
    """Read the number of a proposal."""
    if spec.header.linked_numbers and (match := _LINKED_NUMBER.fullmatch(piece.line)):
        return int(match["target"] or match["text"] or match["note"])
    match = _labelled_number(spec.acronym).fullmatch(piece.text)
    if match is None:
        message = f"is {quote(piece.text)}; write a number from 0 to {MAX_NUMBER}, such as 12"
        raise piece.error("header-number", message)
    number = int(match[1])
    is_padded = spec.header.leading_zeros and piece.text == match[1]
    if piece.text != str(number) and not is_padded:
        message = f"is {quote(piece.text)}; write {number}"
        raise piece.error("header-number", message, str(number), number)
    return number


# "NEP 50", ":ref:`NEP50`", ":ref:`the text <nep_050>`", "`NEP 50 <nep-0050.rst>`_" and "[50]_":
# a number after letters, or after the last directory of a path.
_LABEL = r"(?:[A-Za-z][A-Za-z ]*)?[ _#-]*0*"
_LINKED_NUMBER = re.compile(
    rf"(?::[\w:.+-]+:)?(?P<quote>`)?"
    rf"(?:[^`<>]*<(?:[^`<>]*/)?{_LABEL}(?P<target>{NUMBER})(?:[-./][^`<>/]*)?/?>"
    rf"|{_LABEL}(?P<text>{NUMBER}))(?(quote)`_{{0,2}})"
    rf"|\[0*(?P<note>{NUMBER})\]_"
)


@cache
def _labelled_number(acronym: str) -> re.Pattern[str]:
    label = rf"(?:{re.escape(acronym)}[ -]?)?" if acronym else ""
    return re.compile(rf"{label}({NUMBER})", re.IGNORECASE)


def read_version(piece: Piece, spec: FieldSpec) -> str:
    """Read a version of two or three numbers, or ``3.x`` if the header allows it."""
    text = piece.text
    is_wildcard = spec.header.version_wildcards and _WILDCARD.fullmatch(text)
    if not is_wildcard and not _PLAIN_VERSION.fullmatch(text):
        decorated = _DECORATED_VERSION.fullmatch(text)
        fix = decorated[1] if decorated else None
        hint = fix or "two or three numbers, such as 3.1 or 3.1.2"
        raise piece.error("header-version", f"is {quote(text)}; write {hint}", fix, fix)
    if not spec.header.zero_patch and re.fullmatch(r"[0-9]+\.[0-9]+\.0", text):
        series = text.removesuffix(".0")
        raise piece.error("header-version", f"is {quote(text)}; write {series}", series, series)
    majors = spec.header.major_versions
    if majors and int(text.partition(".")[0]) not in majors:
        message = f"is {quote(text)}; versions begin with {join_words(map(str, majors))}"
        raise piece.error("header-version", message, value=text)
    return text


def read_symbol(piece: Piece, spec: FieldSpec) -> str:
    """Read a dotted name, as ``package.name``, or ``package.name (2.3)`` with a version."""
    match = _SYMBOL.fullmatch(piece.text)
    if match is None:
        hint = "write the dotted name by which programs use it, such as package.Class.name"
        raise piece.error("header-list", f"has {quote(piece.text)}; {hint}")
    name, version = match.groups()
    if version and not _PLAIN_VERSION.fullmatch(version):
        hint = f"write a version of two or three numbers, such as {name} (3.1)"
        raise piece.error("header-list", f"has {quote(piece.text)}; {hint}")
    return f"{name} ({version})" if version else name


def version_key(version: str) -> tuple[int, ...]:
    """Return the sort key of a version: 3.9, 3.10, then ``3.x``."""
    return tuple(10**6 if part == "x" else int(part) for part in version.split("."))
