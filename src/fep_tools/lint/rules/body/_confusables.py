"""Words that mix Latin letters with letters of other scripts that look the same."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

_CYRILLIC = dict(zip("АВЕЅІЈКМНОРСТХаеорсухѕіј", "ABESIJKMHOPCTXaeopcyxsij", strict=True))
_GREEK = dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧανορυ", "ABEZHIKMNOPTYXavopu", strict=True))
_LATIN = str.maketrans(_CYRILLIC | _GREEK)
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Lookalike:
    """A word at ``text[start:end]``, the Latin word that it pretends to be, and how."""

    word: str
    latin: str
    start: int
    end: int

    @property
    def strange(self) -> str:
        """The first letter of another script: ``a Cyrillic е``."""
        letters = (letter for letter in self.word if letter.translate(_LATIN) != letter)
        letter = next(letters)
        return f"a {_script(letter).title()} {letter}"


def lookalikes(text: str) -> Iterator[Lookalike]:
    """The words of *text* that are Latin but for letters that look so; others are left alone."""
    if text.isascii():
        return
    for word in _WORD.finditer(text):
        latin = word[0].translate(_LATIN)
        if latin != word[0] and _has_latin(word[0]) and _is_latin(latin):
            yield Lookalike(word[0], latin, *word.span())


def _script(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0]


def _has_latin(word: str) -> bool:
    return any(_script(letter) == "LATIN" for letter in word)


def _is_latin(word: str) -> bool:
    return all(_script(letter) in {"LATIN", "MODIFIER"} for letter in word)
