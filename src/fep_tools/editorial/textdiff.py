"""Compare two versions of a text word by word, paragraph by paragraph.

A paragraph whose lines are only wrapped in another way is the same; in indented lines, where a
line break may mean something, it is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal
from unicodedata import normalize

from .sequences import find_opcodes, Opcode

DifferenceKind = Literal["equal", "removed", "added"]

MAX_WORD_PAIRS = 4_000_000
"""How many pairs of words are compared; larger changes are shown as a whole.

A comparison takes quadratic time in the worst case, and the texts are untrusted.
"""

PARAGRAPH_END = "\n\n"
"""The word between two paragraphs."""

CONTEXT_WORDS = 12
"""How many unchanged words are shown before and after a change."""

_ADORNMENT = re.compile(r"([!-/:-@\[-`{-~])\1{2,}")  # the line under a title: "====="
_HASHES = re.compile(r"#{1,6}[ ]+(?=\S)")

# "- one", "* two", "3. three", "a) four"
_ITEM = re.compile(r"(?:[-*+]|[0-9]{1,3}[.)]|[a-z][.)]|#\.) ")

# "don't", "3.12", or one character that is neither a letter nor a blank.
_WORD = re.compile(r"[\w'’]+(?:[.\-][\w'’]+)*|[^\w\s]")


@dataclass(frozen=True)
class Words:
    """Words that two versions have in common, or that one of them lacks."""

    kind: DifferenceKind
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

    @property
    def is_typography(self) -> bool:
        """True if readers of the page see the same words, with other marks or markup."""
        return _visible_words(self._text("removed")) == _visible_words(self._text("added"))

    def _text(self, kind: DifferenceKind) -> str:
        return "".join(piece.text for piece in self.pieces if piece.kind in ("equal", kind))


# What a reader does not see: comments, among them those for editors at the end of old PEPs; names
# of roles, as in ":func:`open`"; the directives of code, with their options; "s" in "https".
# The text is untrusted, so what may be begun on each line or at each colon has a limit.
_INVISIBLE = re.compile(
    r"^[ ]*\.\.(?:[ ]+(?![\[_|])(?!\S+::).*)?(?:\n[ ]+.*)*$"
    r"|^[ ]*Local[ ]Variables:(?:.*\n){0,20}?.*?\bEnd:"
    r"|:[a-zA-Z][\w:.+-]{0,80}:(?=`)"
    r"|^[ ]*\.\.[ ](?:code|code-block|sourcecode)::.*(?:\n[ ]+:[\w-]+:.*)*"
    r"|(?<=http)s(?=://)",
    re.MULTILINE,
)
_NAMED_ROLE = re.compile(r":(pep|rfc):(?=`[0-9])")  # ":pep:`8`" is shown as "PEP 8"


def _visible_words(text: str) -> list[str]:
    named = _NAMED_ROLE.sub(lambda match: f"{match[1].upper()} ", text)
    return re.findall(r"\w+", normalize("NFKC", _INVISIBLE.sub(" ", named)))


def _count(pieces: Sequence[Words], kind: DifferenceKind) -> int:
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
    changes = []
    for kind, a, b, c, d in find_opcodes([p.text for p in old], [p.text for p in new]):
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
    """Return the title that a block is: a line above a line of ``====``, perhaps under one.

    In Markdown also a line after number signs: ``## Abstract``.
    """
    if len(block) == 1 and (match := _HASHES.match(block[0])):
        return block[0][match.end() :].strip()
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
    for kind, a, b, c, d in _without_small_islands(find_opcodes(old, new), old):
        if kind == "equal":
            yield Words("equal", "".join(old[a:b]))
            continue
        if a < b:
            yield Words("removed", "".join(old[a:b]))
        if c < d:
            yield Words("added", "".join(new[c:d]))


def with_context(pieces: Sequence[Words]) -> Iterator[Words]:
    """Yield *pieces* with long unchanged texts cut down to the words next to a change."""
    for index, piece in enumerate(pieces):
        words = piece.text.split(" ")
        if piece.kind != "equal" or len(words) <= 2 * CONTEXT_WORDS + 1:
            yield piece
            continue
        before = words[:CONTEXT_WORDS] if index else []
        after = words[-CONTEXT_WORDS:] if index + 1 < len(pieces) else []
        yield Words("equal", " ".join([*before, "...", *after]))


def _without_small_islands(opcodes: Iterable[Opcode], old: Sequence[str]) -> Iterator[Opcode]:
    """Yield the differences, joined where only blanks and marks are equal between them.

    "[-one-] [-two-]" reads worse than "[-one two-]".
    """
    pending: Opcode | None = None
    for kind, a, b, c, d in opcodes:
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
