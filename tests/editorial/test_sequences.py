"""Differences of two sequences of words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given, strategies

from fep_tools import _sequences
from fep_tools.editorial.sequences import find_opcodes


def shown(old: Sequence[str], new: Sequence[str]) -> str:
    """Return what changes in the order of *new*, with the marks of ``git diff --word-diff``."""
    parts = []
    for kind, a, b, c, d in find_opcodes(old, new):
        if kind == "equal":
            assert old[a:b] == new[c:d] != []
            parts.append("".join(old[a:b]))
        else:
            assert old[a:b] or new[c:d]
            parts += [f"[-{''.join(old[a:b])}-]"] if a < b else []
            parts += [f"{{+{''.join(new[c:d])}+}}"] if c < d else []
    return "".join(parts)


def words(text: str) -> list[str]:
    return re.findall(r"\s+|\S+", text)


CASES = [
    ("", "", ""),
    ("a", "a", "a"),
    ("", "a b", "{+a b+}"),
    ("a b", "", "[-a b-]"),
    ("a", "b", "[-a-]{+b+}"),
    ("a c", "a b c", "a {+b +}c"),
    ("a b c", "a c", "a [-b -]c"),
    ("a b", "a  b", "a[- -]{+  +}b"),
    ("a b c d", "a  b c d", "a[- -]{+  +}b c d"),
    # The longest run of words is found across its blanks, and not word by word.
    ("x the a y of the b", "the b z of the", "[-x -]the [-a y-]{+b z+} of the[- b-]"),
    ("x one two y", "z one two w", "[-x-]{+z+} one two [-y-]{+w+}"),
    (" a", " b", " [-a-]{+b+}"),
    ("a ", "b ", "[-a-]{+b+} "),
    ("a", "a ", "a{+ +}"),
    (" ", "  ", "[- -]{+  +}"),
]


@pytest.mark.parametrize(("old", "new", "expected"), CASES)
def test_differences(old: str, new: str, expected: str) -> None:
    assert shown(words(old), words(new)) == expected


TEXTS = strategies.text("ab \n", max_size=30)


@given(TEXTS, TEXTS)
def test_both_texts_are_whole(old: str, new: str) -> None:
    before, after = words(old), words(new)
    opcodes = list(find_opcodes(before, after))
    ends = [(0, 0)]
    for kind, a, b, c, d in opcodes:
        assert (a, c) == ends[-1]
        assert (kind == "equal") == (before[a:b] == after[c:d])
        ends.append((b, d))
    assert ends[-1] == (len(before), len(after))
    kinds = [opcode[0] for opcode in opcodes]
    assert all(one != other for one, other in pairwise(kinds))


def test_too_much_is_a_difference_as_a_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_sequences, "MAX_STEPS", 5)
    assert shown(words("a b c d"), words("a c b d")) == "a [-b c d-]{+c b d+}"
