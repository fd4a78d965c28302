"""The differences between two sequences of words, or of paragraphs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from .._sequences import match_words

Opcode = tuple[str, int, int, int, int]
"""A difference as :meth:`difflib.SequenceMatcher.get_opcodes` returns it: ``equal`` or ``replace``,
and where it begins and ends in the first and in the second sequence. What is replaced may be empty
in one of them."""

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
    if matcher := match_words(old_words, new_words):
        found = [
            (old_rest[a + offset], new_rest[b + offset])
            for a, b, size in matcher.get_matching_blocks()
            for offset in range(size)
        ]
        matches.extend(_with_blanks(found, old, new, start))
    return _opcodes(matches, len(old), len(new))


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
