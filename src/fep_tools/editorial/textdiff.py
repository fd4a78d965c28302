"""Compare two versions of a text word by word, paragraph by paragraph.

A paragraph whose lines are only wrapped in another way is the same; in indented lines, where a
line break may mean something, it is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Kind = Literal["equal", "removed", "added"]

MAX_WORD_PAIRS = 4_000_000
"""How many pairs of words are compared; larger changes are shown as a whole.

SequenceMatcher takes quadratic time in the worst case, and the texts are untrusted.
"""

PARAGRAPH_END = "\n\n"
"""The word between two paragraphs."""

_ADORNMENT = re.compile(r"([!-/:-@\[-`{-~])\1{2,}")  # the line under a title: "====="

# "- one", "* two", "3. three", "a) four"
_ITEM = re.compile(r"(?:[-*+]|[0-9]{1,3}[.)]|[a-z][.)]|#\.) ")

# "don't", "3.12", or one character that is neither a letter nor a blank.
_WORD = re.compile(r"[\w'’]+(?:[.\-][\w'’]+)*|[^\w\s]")


@dataclass(frozen=True)
class Words:
    """Words that two versions have in common, or that one of them lacks."""

    kind: Kind
    text: str


@dataclass(frozen=True)
class TextChange:
    """Paragraphs that differ.

    :param section: the title of the section that they are in, as it is now
    :param line: the number of their first line now, or of the line before which some were removed
    :param pieces: their words in order; joined, the equal and added ones are the text now, apart
        from line breaks
    """

    section: str
    line: int
    pieces: tuple[Words, ...]

    @property
    def counts(self) -> tuple[int, int]:
        """The numbers of removed and of added words."""
        return _count(self.pieces, "removed"), _count(self.pieces, "added")


def _count(pieces: Sequence[Words], kind: Kind) -> int:
    texts = (piece.text for piece in pieces if piece.kind == kind)
    return sum(sum(map(_is_word, _tokens(text))) for text in texts)


@dataclass(frozen=True)
class _Paragraph:
    line: int
    section: str
    text: str


def compare_texts(before: str, after: str) -> list[TextChange]:
    """Return the differences between two texts in reStructuredText, in the order of *after*."""
    old, new = _paragraphs(before), _paragraphs(after)
    matcher = SequenceMatcher(None, [p.text for p in old], [p.text for p in new], autojunk=False)
    changes = []
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind != "equal":
            place = (new[c:] or new[-1:] or old[-1:])[0]
            pieces = tuple(_compare(_join(old[a:b]), _join(new[c:d])))
            changes.append(TextChange(place.section, place.line, pieces))
    return changes


def _join(paragraphs: Sequence[_Paragraph]) -> str:
    return PARAGRAPH_END.join(paragraph.text for paragraph in paragraphs)


def _paragraphs(text: str) -> list[_Paragraph]:
    """Return the paragraphs of a text; prose on one line, indented lines as they are."""
    paragraphs = []
    section = ""
    lines = [line.rstrip() for line in text.split("\n")]
    start = 0
    for end in range(len(lines) + 1):
        if end < len(lines) and lines[end]:
            continue
        block = lines[start:end]
        if block:
            section = _title(block) or section
            paragraphs.append(_Paragraph(start + 1, section, _normalized(block)))
        start = end + 1
    return paragraphs


def _title(block: Sequence[str]) -> str | None:
    """Return the title that a block is: a line above a line of ``====``, perhaps under one."""
    texts = [line for line in block if not _ADORNMENT.fullmatch(line)]
    is_title = len(texts) == 1 and len(block) > 1 and _ADORNMENT.fullmatch(block[-1])
    return texts[0].strip() if is_title else None


def _normalized(block: Sequence[str]) -> str:
    if title := _title(block):
        return title
    if _ITEM.match(block[0]):
        return "\n".join(_items(block))
    if any(line.startswith((" ", "\t", "|", "+", "..")) for line in block):
        return "\n".join(block)
    return " ".join(" ".join(block).split())


def _items(block: Sequence[str]) -> Iterator[str]:
    """Yield the items of a list, each on one line."""
    starts = [index for index, line in enumerate(block) if _ITEM.match(line)]
    for start, end in zip(starts, [*starts[1:], len(block)], strict=True):
        yield " ".join(" ".join(block[start:end]).split())


def _compare(before: str, after: str) -> Iterator[Words]:
    """Yield the words of two texts, those in common once."""
    old, new = _tokens(before), _tokens(after)
    if len(old) * len(new) > MAX_WORD_PAIRS:
        yield Words("removed", before)
        yield Words("added", after)
        return
    # autojunk would ignore the words that occur most often in a long text, such as "not".
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for kind, a, b, c, d in _without_small_islands(matcher, old):
        if kind == "equal":
            yield Words("equal", "".join(old[a:b]))
            continue
        if a < b:
            yield Words("removed", "".join(old[a:b]))
        if c < d:
            yield Words("added", "".join(new[c:d]))


Opcode = tuple[str, int, int, int, int]


def _without_small_islands(matcher: SequenceMatcher[str], old: Sequence[str]) -> Iterator[Opcode]:
    """Yield the differences, joined where only blanks and marks are equal between them.

    "[-one-] [-two-]" reads worse than "[-one two-]".
    """
    pending: Opcode | None = None
    for kind, a, b, c, d in matcher.get_opcodes():
        is_change = kind != "equal" or not any(map(_is_word, old[a:b]))
        if not is_change or (kind == "equal" and pending is None):
            if pending:
                yield pending
                pending = None
            yield (kind, a, b, c, d)
        elif pending:
            pending = ("replace", pending[1], b, pending[3], d)
        else:
            pending = ("replace", a, b, c, d)
    if pending:
        yield pending


def _is_word(token: str) -> bool:
    return token[0].isalnum()


def _tokens(text: str) -> list[str]:
    """Return the words, marks and blanks of which *text* consists."""
    return re.findall(rf"{_WORD.pattern}|\s+", text)
