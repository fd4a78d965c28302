"""Compare two texts word by word, ignoring spelling fixes, URLs and markup."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher

from ...._text import line_starts, split_lines
from ....diagnostics import Span
from ._spelling import is_spelling_fix

# Letters, digits and apostrophes: "don't" is one word, and of "*typed*" only "typed" counts. So is
# a comparison, as in "x != y" and "flask>=2"; not an arrow, ">>> " or "<url>".
_WORD = re.compile(r"[\w'’]+|(?<![-=~<>!])(?:[<>!=~]=|[≤≥≠]|[<>](?=[ 0-9]))(?![-=~<>])")

# "==" below a title of two letters, and "==  ===" in a table.
_BORDER = re.compile(r"[=~<>\s]*")

# "https://example.org/a", and "<https://example.org/a>`_" in a link. Only in ASCII: some blanks,
# such as U+2800, are white space to readers alone, and would make a sentence of a URL.
# From the beginning of a word: a search from each letter of a long one would be quadratic.
_URL = re.compile(r"(?:<|(?<!\w))\w+://[!-~]+")

# ".. text", ".. _name: URL" and "..\n   text", with the lines indented below it, which are not on
# the page. Directives, footnotes and substitutions are something else.
_COMMENT = re.compile(
    r"^( *)\.\.(?: (?!\[|\||[\w.+:-]+ ?::).*|\n\1 +\S.*)(?:\n(?:\1 +\S.*| *)$)*", re.MULTILINE
)

_HIDDEN = "\0"
"""The beginning of a word that is not on the page."""

MAX_WORD_PAIRS = 4_000_000
"""Pairs of words that are compared; of a larger change, only the first difference is found.

SequenceMatcher takes quadratic time in the worst case, and the texts are untrusted.
"""


def find_changed_words(before: str, after: str) -> Iterator[tuple[str, str, Span]]:
    """Yield the differences between two texts.

    :return: the words before, the words after (one of the two may be empty), in lower case,
        and the span of the latter in *after*, up to the end of the line; of removed words, the
        span of the next word.
    """
    old, new = _split_words(before), _split_words(after)
    pairs = enumerate(zip(old, new, strict=False))
    shorter = min(len(old), len(new))
    first = next((n for n, (one, other) in pairs if one[0] != other[0]), shorter)
    if (len(old) - first) * (len(new) - first) > MAX_WORD_PAIRS:
        yield *_shown([old[first][0]], [new[first][0]]), new[first][1]
        return
    # autojunk would ignore the words that occur most often in a long text, such as "not".
    old_words, new_words = [w for w, _ in old], [w for w, _ in new]
    counts = Counter(new_words)
    # Only what is behind the first difference: the same word may be there a million times.
    matcher = SequenceMatcher(None, old_words[first:], new_words[first:], autojunk=False)
    for kind, *ends in matcher.get_opcodes():
        a, b, c, d = (first + end for end in ends)
        if kind == "equal" or is_spelling_fix(old_words[a:b], new_words[c:d], counts):
            continue
        if kind == "delete" and _is_repeated(old_words, a, b):
            continue
        # Removed words have no position any more; the next word, or the last, stands for it.
        span = _span_on_first_line(new[c:d] or new[c : c + 1] or new[-1:])
        yield *_shown(old_words[a:b], new_words[c:d]), span


def _shown(old: list[str], new: list[str]) -> tuple[str, str]:
    """Return the texts before and after on the page; those of a comment if only that differs."""
    on_page = [" ".join(w for w in words if not w.startswith(_HIDDEN)) for words in (old, new)]
    before, after = on_page if any(on_page) else (" ".join(old), " ".join(new))
    return before.replace(_HIDDEN, ""), after.replace(_HIDDEN, "")


def _comment_lines(text: str) -> set[int]:
    """Return the numbers of the lines of comments, in reStructuredText and in Markdown."""
    ranges = [(match.start(), match.end()) for match in _COMMENT.finditer(text)]
    start = text.find("<!--")
    while start >= 0:
        end = text.find("-->", start)
        end = len(text) if end < 0 else end
        ranges.append((start, end))
        start = text.find("<!--", end)
    starts = line_starts(text)
    return {
        number
        for start, end in ranges
        for number in range(bisect_right(starts, start), bisect_right(starts, end) + 1)
    }


def _span_on_first_line(words: list[tuple[str, Span]]) -> Span:
    """Return where the words begin, up to the last of them on the same line."""
    if not words:
        return Span()
    start = words[0][1]
    end_column = max(span.end_column for _, span in words if span.line == start.line)
    return Span(start.line, start.column, start.line, end_column)


def _split_words(text: str) -> list[tuple[str, Span]]:
    """Return the words of *text* in lower case, each with its span.

    A word in a comment is another one than the same word on the page.
    """
    comments = _comment_lines(text)
    # Spaces instead of a URL keep the columns of the words after it.
    return [
        (
            _HIDDEN * (number in comments) + word[0].lower(),
            Span(number, word.start() + 1, number, word.end() + 1),
        )
        for number, line in enumerate(split_lines(text), start=1)
        if not _BORDER.fullmatch(line)
        for word in _WORD.finditer(_URL.sub(lambda url: " " * len(url[0]), line))
    ]


def _is_repeated(words: list[str], start: int, end: int) -> bool:
    """Return whether one word stands there that is next to itself, as in "the the view"."""
    neighbours = words[max(start - 1, 0) : start] + words[end : end + 1]
    return end == start + 1 and words[start] in neighbours
