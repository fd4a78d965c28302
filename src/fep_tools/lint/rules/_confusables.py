"""Find words that mix Latin letters with letters of other scripts that look the same.

Unicode calls such letters confusables (UTS #39). Only Cyrillic and Greek letters that look like
Latin ones in common fonts are listed here, since whole words in these scripts are fine.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

_CYRILLIC = dict(zip("АВЕЅІЈКМНОРСТХаеорсухѕіј", "ABESIJKMHOPCTXaeopcyxsij", strict=True))
_GREEK = dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧανορυ", "ABEZHIKMNOPTYXavopu", strict=True))
_TO_LATIN = str.maketrans(_CYRILLIC | _GREEK)

_IN_FORMULAS = frozenset("ανρυ")
"""Greek letters that are names of quantities, as in ``Nα`` and ``kν``."""

# Runs of letters, without the digits and underscores that \w has too.
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Confusable:
    """A word at ``text[start:end]`` that looks like *latin*."""

    word: str
    latin: str
    start: int
    end: int

    @property
    def foreign_letter(self) -> str:
        """The first letter of another script, for messages: ``a Cyrillic е``."""
        letter = next(letter for letter in self.word if letter.translate(_TO_LATIN) != letter)
        return f"a {_script(letter).title()} {letter}"


def find_confusables(text: str) -> Iterator[Confusable]:
    """Yield the words of *text* that would be Latin but for look-alike letters.

    ``vi\\u0435ws`` is one. The Cyrillic word for Moscow has no Latin letter, and
    ``\\u0418van`` has a letter that looks like no Latin one: they are left alone. So are names of
    two letters in formulas, such as ``Nα``.
    """
    if text.isascii():
        return
    for match in _WORD.finditer(text):
        word, latin = match[0], match[0].translate(_TO_LATIN)
        has_latin = any(_script(letter) == "LATIN" for letter in word)
        is_latin = all(_script(letter) in {"LATIN", "MODIFIER"} for letter in latin)
        is_quantity = len(word) == 2 and not _IN_FORMULAS.isdisjoint(word)
        if latin != word and has_latin and is_latin and not is_quantity:
            yield Confusable(word, latin, *match.span())


def _script(letter: str) -> str:
    """Return the script of a letter, which is the first word of its name: ``CYRILLIC``."""
    return unicodedata.name(letter, "").partition(" ")[0]
