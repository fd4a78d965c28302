"""Compare two texts word by word, ignoring spelling fixes, URLs and markup."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

# Letters, digits and apostrophes: "don't" is one word, and of "*typed*" only "typed" counts.
_WORD = re.compile(r"[\w'’]+")

# "https://example.org/a", and "<https://example.org/a>`_" in a link.
_URL = re.compile(r"<?\w+://\S+")

MAX_WORD_PAIRS = 4_000_000
"""Pairs of words that are compared; of a larger change, only the first difference is found.

SequenceMatcher takes quadratic time in the worst case, and the texts are untrusted.
"""

MIN_SIMILARITY = 0.7
"""How similar two words must be to count as two spellings of one (0 to 1)."""


def find_changed_words(before: str, after: str) -> Iterator[tuple[str, str, int]]:
    """Yield the differences between two texts.

    :return: the words before, the words after (one of the two may be empty), in lower case,
        and the number of the line in *after*.
    """
    old, new = _split_words(before), _split_words(after)
    pairs = enumerate(zip(old, new, strict=False))
    first = next((n for n, (one, other) in pairs if one[0] != other[0]), None)
    if first is not None and (len(old) - first) * (len(new) - first) > MAX_WORD_PAIRS:
        yield old[first][0], new[first][0], new[first][1]
        return
    # autojunk would ignore the words that occur most often in a long text, such as "not".
    matcher = SequenceMatcher(None, [w for w, _ in old], [w for w, _ in new], autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal" or _is_respelled(old[a:b], new[c:d]):
            continue
        line = new[min(c, len(new) - 1)][1] if new else 1
        yield " ".join(w for w, _ in old[a:b]), " ".join(w for w, _ in new[c:d]), line


def _split_words(text: str) -> list[tuple[str, int]]:
    """Return the words of *text* in lower case, each with the number of its line."""
    return [
        (word.lower(), number)
        for number, line in enumerate(text.split("\n"), start=1)
        for word in _WORD.findall(_URL.sub(" ", line))
    ]


def _is_respelled(old: list[tuple[str, int]], new: list[tuple[str, int]]) -> bool:
    """Return whether each word of *old* is similar to its word of *new*: "veiws", "views"."""
    return len(old) == len(new) and all(
        SequenceMatcher(None, one, other).ratio() >= MIN_SIMILARITY
        for (one, _), (other, _) in zip(old, new, strict=True)
    )
