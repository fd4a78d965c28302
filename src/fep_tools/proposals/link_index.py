"""The names that a text links to, found once for all titles and labels.

Texts are searched, and not the links that a parser found: of other proposals these are not always
known. So what only looks like a link, as in code, is one here.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

_FRAGMENT = re.compile(r"#([\w-]+)")
_BEFORE_LINK = re.compile(r"[\s`<>#]")
_NUMBER = re.compile(r"\b[0-9]++\b")


class _Linked(NamedTuple):
    """What links to one anchor.

    :param start: The offset of the first such link.
    :param numbers: The numbers in what is before ``#`` in any of them: "7" of ``fep-0007.rst#a``.
    """

    start: int
    numbers: set[str]


class LinkIndex:
    """The links in a text."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _anchors(self) -> dict[str, _Linked]:
        found: dict[str, _Linked] = {}
        end = 0
        for match in _FRAGMENT.finditer(self._text):
            start = match.start()
            before = _BEFORE_LINK.split(self._text[end:start])[-1]
            end = match.end()
            numbers = {number.lstrip("0") or "0" for number in _NUMBER.findall(before)}
            name = match[1].lower()
            # The second title of that name has "-2" at the end of its anchor.
            for anchor in {name, re.sub(r"-[0-9]+\Z", "", name)}:
                found.setdefault(anchor, _Linked(start, set())).numbers.update(numbers)
        return found

    @cached_property
    def _lines(self) -> list[str]:
        return [" ".join(line.split()).lower() for line in self._text.split("\n")]

    @cached_property
    def _joined(self) -> str:
        return " ".join(self._lines)

    @cached_property
    def _ends(self) -> list[int]:
        return [*accumulate(len(line) + 1 for line in self._lines)]

    def line_of_anchor(self, anchor: str) -> int:
        """Return the line of the first link to an anchor, from 1; 0 if there is none."""
        linked = self._anchors.get(anchor)
        return self._text.count("\n", 0, linked.start) + 1 if linked else 0

    def links_to(self, number: int, anchor: str) -> bool:
        """Return whether a link to an anchor has the number of a proposal before it.

        ``:fep:`7#motivation```, ``fep-0007.rst#motivation`` and
        ``https://feps.example/fep-0007/#motivation`` have.
        """
        linked = self._anchors.get(anchor)
        return linked is not None and str(number) in linked.numbers

    def line_of_title(self, title: str) -> int:
        """Return the line of the first link to a title by its words, from 1; 0 if there is none.

        Such are ``Motivation_``, ```Motivation`_`` and ```why <Motivation_>`_``, which may be
        broken into lines. ```Motivation`__`` leads to something else.
        """
        words = " ".join(title.split()).lower()
        starts = (self._find(f"{words}{mark}") for mark in ("_", "`_")) if words else ()
        found = [start for start in starts if start >= 0]
        return bisect_right(self._ends, min(found)) + 1 if found else 0

    def _find(self, words: str) -> int:
        start = self._joined.find(words)
        while start >= 0:
            end = start + len(words)
            around = self._joined[start - 1 : start] + self._joined[end : end + 1]
            if not re.search(r"\w", around):
                return start
            start = self._joined.find(words, start + 1)
        return -1
