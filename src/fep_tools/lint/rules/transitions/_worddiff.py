"""Two texts compared as a reader would: word by word, slips of spelling and markup aside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

_WORD = re.compile(r"[\w'’]+")
_ADDRESS = re.compile(r"<?\w+://\S+")
MOST = 4_000_000
"""How many pairs of words are compared; of larger changes, the first difference is told."""

ALIKE = 0.7
"""From how alike two words are that they count as one, spelt in two ways."""


def changed_words(before: str, after: str) -> Iterator[tuple[str, str, int]]:
    """What became what, and on which line of *after*; addresses and case do not count."""
    old, new = _words(before), _words(after)
    same = next((n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a[0] != b[0]), None)
    if same is not None and (len(old) - same) * (len(new) - same) > MOST:
        yield old[same][0], new[same][0], new[same][1]
        return
    matcher = SequenceMatcher(None, [w for w, _ in old], [w for w, _ in new], autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal" or _respelt(old[a:b], new[c:d]):
            continue
        line = new[min(c, len(new) - 1)][1] if new else 1
        yield " ".join(w for w, _ in old[a:b]), " ".join(w for w, _ in new[c:d]), line


def _words(text: str) -> list[tuple[str, int]]:
    """The words of *text* in lower case, each with the number of its line."""
    return [
        (word.lower(), number)
        for number, line in enumerate(text.split("\n"), start=1)
        for word in _WORD.findall(_ADDRESS.sub(" ", line))
    ]


def _respelt(old: list[tuple[str, int]], new: list[tuple[str, int]]) -> bool:
    """Whether each word of *old* is one of *new*, spelt in another way."""
    return len(old) == len(new) and all(
        SequenceMatcher(None, a, b).ratio() >= ALIKE
        for (a, _), (b, _) in zip(old, new, strict=True)
    )
