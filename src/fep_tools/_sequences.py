"""Compare sequences of words that are untrusted: the work has a limit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from difflib import Match, SequenceMatcher
from itertools import accumulate

MAX_STEPS = 20_000_000
"""How many pairs of equal words a comparison may look at: a second or two."""


class _TooMuchError(Exception):
    """A comparison looks at more pairs than it may."""


class _Matcher(SequenceMatcher[str]):
    """A matcher that counts its steps, so that its limit is the same on each machine.

    SequenceMatcher takes cubic time in the worst case, such as for ``a x0 a x1 a x2`` and
    ``a y0 a y1 a y2``: for each match, it looks at each pair of equal words again.
    """

    def __init__(self, old: Sequence[str], new: Sequence[str]) -> None:
        # autojunk would ignore the words that occur most often in a long text, such as "not".
        super().__init__(None, old, new, autojunk=False)
        counts = Counter(new)
        self._steps_before = [0, *accumulate(1 + counts[word] for word in old)]
        self._steps = 0

    def find_longest_match(
        self, alo: int = 0, ahi: int | None = None, blo: int = 0, bhi: int | None = None
    ) -> Match:
        end = -1 if ahi is None else ahi
        self._steps += self._steps_before[end] - self._steps_before[alo]
        if self._steps > MAX_STEPS:
            raise _TooMuchError
        return super().find_longest_match(alo, ahi, blo, bhi)


def match_words(old: Sequence[str], new: Sequence[str]) -> SequenceMatcher[str] | None:
    """Return a matcher that has compared two sequences; ``None`` if that is too much work."""
    matcher = _Matcher(old, new)
    try:
        matcher.get_matching_blocks()  # which it keeps
    except _TooMuchError:
        return None
    return matcher
