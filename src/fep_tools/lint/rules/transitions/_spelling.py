"""Tell a corrected spelling from a changed word.

There is no dictionary: the tool knows no language. A spelling is corrected if the new word differs
from the old one as typing errors do, and the old one is not a word by itself as far as this text
shows. In doubt, the word was changed: an editor can judge that, and an unseen change of a record
cannot be undone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

MIN_LETTERS = 4
"""Shorter words differ from many others by one letter: "now", "not", "nor"."""

LONG_WORD = 8
"""From this length on, a word may have two errors: "neccesary", "necessary"."""

MAX_LETTERS = 40
"""Longer words are not compared letter by letter, which takes quadratic time."""

RARE = 10
"""How many times as often the correct spelling must occur in the text as a misspelling that is left
in it."""

_WORDS = """
all always and any are as be both but by can cannot could each every few first for from if in is it
last least less many may might more most must never no none nor not now of on one only or shall
should some that the this to two three was were will with without would yes
"""
PROPER_WORDS = frozenset(_WORDS.split())
"""Words that are no misspelling of another one. Many of them decide what a sentence says."""

_ARTICLES = frozenset({"a", "an"})
_BEGINNINGS = (
    ("ante", "anti"),
    ("hyper", "hypo"),
    ("inter", "intra"),
    ("macro", "micro"),
    ("pre", "pro"),
)
"""Beginnings of words that are no misspellings of each other: "prescribed" and "proscribed"."""

_APOSTROPHES = str.maketrans("", "", "'’")


def is_spelling_fix(old: Sequence[str], new: Sequence[str], text: Mapping[str, int]) -> bool:
    """Return whether words were only spelt wrong.

    :param old: The words before, in lower case.
    :param new: The words after.
    :param text: How often each word occurs in the text after the change.
    """
    # "back ward" and "backward", or "nonblocking" and "non-blocking", but not "1.10" and "11.0",
    # nor "now here" and "nowhere"
    if "".join(old) == "".join(new):
        parts = {*old, *new}
        are_words = not parts.isdisjoint(PROPER_WORDS | _ARTICLES)
        return not are_words and _numbers(old) == _numbers(new)
    pairs = zip(old, new, strict=False)
    return len(old) == len(new) and all(_is_respelt(one, other, text) for one, other in pairs)


def _numbers(words: Sequence[str]) -> list[str]:
    return re.findall("[0-9]+", " ".join(words))


def _is_respelt(old: str, new: str, text: Mapping[str, int]) -> bool:
    if old == new or {old, new} == _ARTICLES:
        return True
    if old.translate(_APOSTROPHES) == new.translate(_APOSTROPHES):
        return True  # "dont" and "don't"
    if not (old.isalpha() and new.isalpha()) or old in PROPER_WORDS:
        return False
    if max(len(old), len(new)) > MAX_LETTERS:
        return False
    # A word that the text still uses elsewhere is no misspelling, such as "type" for "types".
    if text.get(old, 0) * RARE > text.get(new, 0):
        return False
    if _is_swapped(old, new):
        return True
    if _has_other_beginning(old, new):
        return False
    if old[0] != new[0] or min(len(old), len(new)) < MIN_LETTERS:
        return False  # "valid" and "invalid", "could" and "would"
    most = 2 if min(len(old), len(new)) >= LONG_WORD else 1
    return _distance(old, new) <= most


def _has_other_beginning(old: str, new: str) -> bool:
    pairs = (pair for each in _BEGINNINGS for pair in (each, each[::-1]))
    return any(old.startswith(one) and new.startswith(other) for one, other in pairs)


def _is_swapped(old: str, new: str) -> bool:
    """Return whether two letters next to each other were swapped, as in "teh" and "the"."""
    if len(old) != len(new) or len(old) < MIN_LETTERS - 1:
        return False
    different = [index for index, letter in enumerate(old) if letter != new[index]]
    first, last = different[0], different[-1]
    return last == first + 1 and (old[first], old[last]) == (new[last], new[first])


def _distance(old: str, new: str) -> int:
    """Return how many letters have to be added, removed, replaced or swapped (Damerau, 1964)."""
    before: list[int] = []
    row = list(range(len(new) + 1))
    for i, letter in enumerate(old, start=1):
        before, above, row = row, before, [i]
        for j, other in enumerate(new, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == new[j - 2] and old[i - 2] == other:
                cost = min(cost, above[j - 2] + 1)
            row.append(cost)
    return row[-1]
