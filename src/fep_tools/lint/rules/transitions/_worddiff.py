"""Compare two texts word by word, ignoring spelling fixes, URLs and punctuation."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Literal, NamedTuple
from unicodedata import category, normalize

from ...._sequences import match_words, Steps
from ...._text import split_lines
from ....diagnostics import Span
from ._spelling import is_spelling_fix

# A stroke through "=" makes another sign of it, and "ï" may be two characters.
_ACCENT = "\u0300-\u036f\u20d0-\u20ff"

# Letters, digits and apostrophes: "don't" is one word, and of "*typed*" only "typed" counts. So are
# an arrow between blanks; a comparison, as in "x != y" and "flask>=2", but not ">>> " or "<url>";
# and signs such as "∈" and "✅". U+2212 is a minus, and the others draw boxes, or nothing.
_WORDS = (
    rf"[\w'’][\w'’{_ACCENT}]*|[^\w\s][{_ACCENT}]+"
    r"|(?<!\S)(?:[-=]>|<-|<[-=]>)(?!\S)"
    r"|(?<![-=~<>!])(?:[<>!=~]=|[≤≥≠]|[<>](?=[ 0-9]))(?![-=~<>])"
    r"|(?P<sign>[^\x00-\x7f\w\s\u2212\u2500-\u257f\u2800]{})"
)
_WORD = re.compile(_WORDS.format(""))

# On the page, where there is no markup, also "x + y". A "~" is markup there, as in ":func:`~a.b`".
_WORD_ON_PAGE = re.compile(_WORDS.format("|[$+<=>|]"))

_ARROWS = {"->": "→", "<-": "←", "<->": "↔", "=>": "⇒", "<=>": "⇔"}
_SIGNS = frozenset({"Sc", "Sm", "So"})  # Unicode's categories of currencies, mathematics and others

_NOT_BLANK = re.compile(r"\S+")

# "==" below a title of two letters, and "==  ===" in a table.
_BORDER = re.compile(r"[=~<>\s]*")

# "https://example.org/a", and "<https://example.org/a>`_" in a link. Only in ASCII: some blanks,
# such as U+2800, are white space to readers alone, and would make a sentence of a URL.
# From the beginning of a word: a search from each letter of a long one would be quadratic.
_URL = re.compile(r"(?:<|(?<!\w))\w+://[!-~]+")


class _Word(NamedTuple):
    """A word in lower case, and its position."""

    text: str
    span: Span


def find_changed_words(
    before: str,
    after: str,
    kind: Literal["source", "page", "marks"] = "source",
    steps: Steps | None = None,
) -> Iterator[tuple[str, str, Span]]:
    """Yield the differences between two texts.

    :param kind: Whether the texts are sources, or what readers see of them; ``marks`` if all marks
        of sources count, which may hide a text or strike it out.
    :return: the words before, the words after (one of the two may be empty), in lower case,
        and the span of the latter in *after*, up to the end of the line; of removed words, the
        span of the next word. Where there is too much to compare, all words that differ.
    """
    split = _SPLIT[kind]
    old, new = split(before), split(after)
    old_words, new_words = [word.text for word in old], [word.text for word in new]
    counts = Counter(new_words)
    for a, b, c, d in _differences(old_words, new_words, steps):
        if is_spelling_fix(old_words[a:b], new_words[c:d], counts):
            continue
        if c == d and _is_repeated(old_words, a, b):
            continue
        # Removed words have no position any more; the next word, or the last, stands for it.
        span = _span_on_first_line(new[c:d] or new[c : c + 1] or new[-1:])
        yield " ".join(old_words[a:b]), " ".join(new_words[c:d]), span


def _differences(
    old: Sequence[str], new: Sequence[str], steps: Steps | None
) -> Iterator[tuple[int, int, int, int]]:
    """Yield where words differ: from *a* to *b* in *old*, and from *c* to *d* in *new*.

    Only what is between the first difference and the last is compared: the same word may be in
    front of it or behind it a million times.
    """
    shorter = min(len(old), len(new))
    start = next((n for n in range(shorter) if old[n] != new[n]), shorter)
    rest = shorter - start
    end = next((n for n in range(rest) if old[-1 - n] != new[-1 - n]), rest)
    old_end, new_end = len(old) - end, len(new) - end
    matcher = match_words(old[start:old_end], new[start:new_end], steps)
    if matcher is None:
        yield start, old_end, start, new_end
        return
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind != "equal":
            yield start + a, start + b, start + c, start + d


def _span_on_first_line(words: Sequence[_Word]) -> Span:
    """Return where the words begin, up to the last of them on the same line."""
    if not words:
        return Span()
    start = words[0].span
    end_column = max(word.span.end_column for word in words if word.span.line == start.line)
    return Span(start.line, start.column, start.line, end_column)


def _split_words(text: str, word: re.Pattern[str] = _WORD) -> list[_Word]:
    """Return the words of *text* in lower case."""
    # Spaces instead of a URL keep the columns of the words after it.
    return [
        _Word(_plain(match[0]), _span(number, match))
        for number, line in enumerate(split_lines(text), start=1)
        if not _BORDER.fullmatch(line)
        for match in word.finditer(_URL.sub(lambda url: " " * len(url[0]), line))
        if not match["sign"] or category(match["sign"]) in _SIGNS
    ]


def _plain(word: str) -> str:
    return normalize("NFC", _ARROWS.get(word, word)).lower()


def _split_blanks(text: str) -> list[_Word]:
    """Return what is between blanks, with all marks."""
    return [
        _Word(match[0].lower(), _span(number, match))
        for number, line in enumerate(split_lines(text), start=1)
        for match in _NOT_BLANK.finditer(line)
    ]


_SPLIT: dict[str, Callable[[str], list[_Word]]] = {
    "source": _split_words,
    "page": partial(_split_words, word=_WORD_ON_PAGE),
    "marks": _split_blanks,
}


def _span(line: int, match: re.Match[str]) -> Span:
    return Span(line, match.start() + 1, line, match.end() + 1)


def _is_repeated(words: Sequence[str], start: int, end: int) -> bool:
    """Return whether one word stands there that is next to itself, as in "the the view"."""
    neighbours = [*words[max(start - 1, 0) : start], *words[end : end + 1]]
    return end == start + 1 and words[start] in neighbours
