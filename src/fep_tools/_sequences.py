"""Compare sequences of words, or of lines, that are untrusted: the work has a limit."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import Match, SequenceMatcher
from itertools import accumulate
from typing import Self

MAX_STEPS = 20_000_000
"""How many pairs of equal words a comparison may look at: a second or two."""


STEPS_OF_ALL, STEPS_PER_TEXT = 60_000_000, 4_000_000
"""How many pairs all comparisons of a run may look at: so many, and so many for each text.

Those of a text of 5,000 words and of its page look at 2,000,000, and may look at ten times as many.
A change of many texts that each do so would take minutes.
"""


@dataclass
class Steps:
    """How many pairs the comparisons of one run may look at.

    :param left: Those that are left; each comparison reduces them.
    """

    left: int = sys.maxsize

    @classmethod
    def for_texts(cls, count: int) -> Self:
        """Return the steps for the comparisons of that many texts."""
        return cls(STEPS_OF_ALL + STEPS_PER_TEXT * count)


class _TooMuchError(Exception):
    """A comparison looks at more pairs than it may."""


class _Matcher(SequenceMatcher[str]):
    """A matcher that counts its steps, so that its limit is the same on each machine.

    SequenceMatcher takes cubic time in the worst case, such as for ``a x0 a x1 a x2`` and
    ``a y0 a y1 a y2``: for each match, it looks at each pair of equal words again.
    """

    def __init__(
        self, old: Sequence[str], new: Sequence[str], limit: int, *, autojunk: bool
    ) -> None:
        super().__init__(None, old, new, autojunk)
        places = vars(self)["b2j"]  # where each word is in new, which typeshed does not know
        self._steps_before = [0, *accumulate(1 + len(places.get(word, ())) for word in old)]
        self._limit = limit
        self.steps = 0

    def find_longest_match(
        self, alo: int = 0, ahi: int | None = None, blo: int = 0, bhi: int | None = None
    ) -> Match:
        end = -1 if ahi is None else ahi
        self.steps += self._steps_before[end] - self._steps_before[alo]
        if self.steps > self._limit:
            raise _TooMuchError
        return super().find_longest_match(alo, ahi, blo, bhi)


def match_words(
    old: Sequence[str], new: Sequence[str], steps: Steps | None = None
) -> SequenceMatcher[str] | None:
    """Return a matcher that has compared two sequences; ``None`` if that is too much work.

    :param steps: What is left for this comparison and others. Default: each has a limit of its own.
    """
    steps = steps or Steps()
    # autojunk would ignore the words that occur most often in a long text, such as "not".
    matcher = _Matcher(old, new, min(MAX_STEPS, steps.left), autojunk=False)
    try:
        matcher.get_matching_blocks()  # which it keeps
    except _TooMuchError:
        return None
    finally:
        steps.left = max(steps.left - matcher.steps, 0)
    return matcher


def can_diff(old: Sequence[str], new: Sequence[str]) -> bool:
    """Return whether :func:`difflib.unified_diff` compares two sequences of lines in good time."""
    try:
        _Matcher(old, new, MAX_STEPS, autojunk=True).get_matching_blocks()
    except _TooMuchError:
        return False
    return True
