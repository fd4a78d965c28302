"""Compare titles of sections."""

from __future__ import annotations

import re
from difflib import get_close_matches, SequenceMatcher
from functools import lru_cache

_NUMBER = re.compile(r"(?:[0-9]+[.)]|(?:[0-9]+\.)+[0-9]+)\s+(?=\S)")


def section_number(title: str) -> str:
    """Return the number that an author wrote before the title of a section: ``3.1 `` or ``4. ``."""
    match = _NUMBER.match(title)
    return match[0] if match else ""


TITLE_SIMILARITY = 0.8
"""How similar two titles must be for one to be taken for the other (0 to 1)."""

WORD_SIMILARITY = 0.7
"""The same for each pair of words, if both titles have the same number of words."""


@lru_cache(maxsize=4096)
def find_similar_title(title: str, candidates: tuple[str, ...]) -> str | None:
    """Return the candidate that *title* is a misspelling of, if there is one.

    Long words that two titles share do not make them the same: "Server Implementation" is not
    "Reference Implementation". Most proposals have the same titles, so answers are kept.

    :param candidates: titles in lower case
    """
    title = title.casefold()
    close = get_close_matches(title, candidates, 3, TITLE_SIMILARITY)
    return next((candidate for candidate in close if _words_agree(title, candidate)), None)


def _words_agree(title: str, candidate: str) -> bool:
    words, others = title.split(), candidate.split()
    return len(words) != len(others) or all(
        SequenceMatcher(None, word, other).ratio() >= WORD_SIMILARITY
        for word, other in zip(words, others, strict=True)
    )
