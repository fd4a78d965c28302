"""The differences between two sequences of words, or of paragraphs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher

Opcode = tuple[str, int, int, int, int]
"""A difference as :meth:`difflib.SequenceMatcher.get_opcodes` returns it: ``equal`` or ``replace``,
and where it begins and ends in the first and in the second sequence. What is replaced may be empty
in one of them."""

MAX_STEPS = 300_000_000
"""How many comparisons SequenceMatcher may need in the worst case."""

_Pair = tuple[int, int]


def find_opcodes(old: Sequence[str], new: Sequence[str]) -> Iterator[Opcode]:
    """Yield the differences, or that everything differs if there is too much to compare.

    Words are compared without the blanks between them, so that ``"the views"`` in a text that was
    wrapped again is one match of two words, and not two matches of one.
    """
    # What both begin with is most of two versions.
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    matches = [(index, index) for index in range(start)]
    old_rest, new_rest = (
        [index for index in range(start, len(words)) if not words[index].isspace()]
        for words in (old, new)
    )
    old_words, new_words = [old[index] for index in old_rest], [new[index] for index in new_rest]
    if not _is_too_much(old_words, new_words):
        # autojunk would ignore the words that occur most often in a long text, such as "not".
        matcher = SequenceMatcher(None, old_words, new_words, autojunk=False)
        found = [
            (old_rest[a + offset], new_rest[b + offset])
            for a, b, size in matcher.get_matching_blocks()
            for offset in range(size)
        ]
        matches.extend(_with_blanks(found, old, new, start))
    return _opcodes(matches, len(old), len(new))


def _is_too_much(old: Sequence[str], new: Sequence[str]) -> bool:
    """Return whether a comparison could take minutes.

    The matcher looks at each pair of equal words at most once for each match that it finds. That
    is far less in a real text, but the texts are untrusted: one with the same word ten thousand
    times would take hours.
    """
    counts = Counter(new)
    return sum(counts[word] for word in old) * min(len(old), len(new)) > MAX_STEPS


def _with_blanks(
    matches: Sequence[_Pair], old: Sequence[str], new: Sequence[str], start: int
) -> Iterator[_Pair]:
    """Yield *matches*, and the equal blanks behind and in front of them.

    :param start: The length of what both begin with.
    """
    a, b = start, start
    for match in [*matches, (len(old), len(new))]:
        c, d = match
        if a < c and b < d and _is_same_blank(old[a], new[b]):
            yield a, b
            a, b = a + 1, b + 1
        if a < c and b < d and _is_same_blank(old[c - 1], new[d - 1]):
            yield c - 1, d - 1
        if match != (len(old), len(new)):
            yield match
        a, b = c + 1, d + 1


def _is_same_blank(one: str, other: str) -> bool:
    return one == other and one.isspace()


def _opcodes(matches: Iterable[_Pair], old_length: int, new_length: int) -> Iterator[Opcode]:
    """Yield what matches and what is between, each as long as possible."""
    first = last = (0, 0)  # of what is equal up to here; the end is exclusive
    for a, b in [*matches, (old_length, new_length)]:
        if (a, b) != last:
            if first != last:
                yield ("equal", first[0], last[0], first[1], last[1])
            yield ("replace", last[0], a, last[1], b)
            first = a, b
        last = a + 1, b + 1
    if first != (old_length, new_length):
        yield ("equal", first[0], old_length, first[1], new_length)
