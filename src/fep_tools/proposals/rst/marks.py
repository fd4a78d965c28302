"""Find backquotes, stars, hyphens and backslashes that are not what the author meant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from docutils import nodes

from ..._text import quote
from .prose import ESCAPED, KnownNames, Leak, MARKUP, Prose

# Backquotes --------------------------------------------------------------------------------

_BACKQUOTES = re.compile(r"`+")

# A backquote in quotes stands for itself: "the '`' character".
_QUOTES = {"'": "'", '"': '"', "(": ")", "[": "]", "<": ">", "\u2018": "\u2019", "\u201c": "\u201d"}

_PAIR = re.compile(r"(?P<mark>`+)(?P<text>[^`\n]+)(?P=mark)(?P<end>__?)?")


def find_backquotes(prose: Prose, _names: KnownNames) -> Iterator[Leak]:
    """Yield the backquotes in *prose*, which are part of no literal, role or link."""
    text = prose.text
    if "`" not in text:
        return
    position = 0
    while match := _BACKQUOTES.search(text, position):
        start, position = match.span()
        before, after = text[:start][-1:], text[position : position + 1]
        if after and _QUOTES.get(before) == after:
            continue
        if pair := _PAIR.match(text, start):
            position = pair.end()
        yield _backquote(prose, start, position, is_pair=pair is not None)


def _backquote(prose: Prose, start: int, end: int, *, is_pair: bool) -> Leak:
    text, source = prose.text, prose.source[start:end]
    what = f"{quote(source)} is shown with its backticks"
    if prose.is_in_marks(start):
        help_ = "end the stars before it: markup cannot be inside other markup"
        return Leak("inline", start, end, what, help_)
    before, after = text[:start][-1:], text[end : end + 1]
    if is_pair and before and not before.isspace() and before not in "'\"([{<-/:":
        return Leak("inline", start, end, f"{what}: it touches what is before it", _APART)
    if is_pair and after and (after.isalnum() or after == ESCAPED):
        return Leak("inline", start, end, f"{what}: it touches what is after it", _APART)
    if source == "`" and before.isalnum() and after.isalnum():  # "HTTP`s"
        return Leak("inline", start, end, what, "write an apostrophe: '")
    if source.startswith("```"):
        help_ = "write ``code`` in a line, or .. code-block:: with indented code"
        return Leak("markdown", start, end, f"{quote(source)} is Markdown's mark of code", help_)
    help_ = "write ``code`` with two backticks on each side, without blanks inside them"
    return Leak("inline", start, end, what, help_)


_APART = r"put a blank, or a backslash and a blank (\ ), between them"


# Emphasis and words ------------------------------------------------------------------------

# Letters of Chinese, Japanese, Korean, Thai, Lao, Burmese and Khmer.
_UNSPACED = (
    "[\u0e01-\u0e5b\u0e81-\u0edf\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3041-\u30ff\u3400-\u9fff"
    "\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff]"
)

_MARKS = (
    # "im**port**ant", "Type**Var** only"
    (
        re.compile(r"(?<=[A-Za-z]{2})\*\*[A-Za-z][A-Za-z ]*\*\*(?![0-9_*])"),
        "the stars touch the word before them",
        r"put a backslash and a blank (\ ) between them",
    ),
    # The same in scripts that put no blanks between words, where each word has a letter before it.
    (
        re.compile(rf"(?<={_UNSPACED})(\*\*?)(?=[^\s*])[^*\n]*(?<=[^\s*])\1(?!\*)"),
        "the stars touch the word before them",
        r"put a backslash and a blank (\ ) between them",
    ),
    # "** important **"
    (
        re.compile(r"(?:(?<=\s)|^)(\*\*?) [A-Za-z][^*\n]* \1(?=[\s.,;:!?)]|$)"),
        "there is a blank inside the stars",
        "remove the blanks after the first and before the last of the stars",
    ),
)

# "long-\nterm", but not "pre- and\npost-", nor "pre-\nand post-".
_HYPHEN = re.compile(r"\b[a-z]*[a-z]{2}-\n(?!(?:and|or|to|but|versus)\b)[a-z]+")

# "diffs are line based- you change a line", which some write throughout
_DASH = re.compile(_HYPHEN.pattern.replace(r"\n", " "))

# "C:\temp", "\n", "\xe9": a backslash before a letter is dropped. After a literal it is meant, as
# in "``x``\s", and so is "\PEP 8", which keeps a text from being a link.
_BACKSLASH = re.compile(
    rf"(?<!{MARKUP})(?:(?<=[\w:%)])(?P<path>{ESCAPED}{{2}})|"
    rf"(?P<escape>{ESCAPED}{{2}})[0-9a-f]*(?![A-Za-z]|{MARKUP}))"
)
_ESCAPES = frozenset("abefnrtvxuUNdDwWsSB")


def has_dashes(document: nodes.document) -> bool:
    """Return whether a document has hyphens for dashes, and not once by mistake."""
    paragraphs = document.findall(nodes.paragraph)
    dashes = (match for node in paragraphs for match in _DASH.finditer(node.rawsource))
    return len(list(islice(dashes, 2))) > 1


def find_marks(prose: Prose, names: KnownNames) -> Iterator[Leak]:
    """Yield stars, hyphens and backslashes in *prose* that are shown or lost."""
    text = prose.text
    if "*" in text:
        for pattern, reason, help_ in _MARKS:
            for match in pattern.finditer(text):
                source = prose.source[match.start() : match.end()]
                message = f"{quote(source)} is shown with its stars: {reason}"
                yield Leak("inline", *match.span(), message, help_)
    if "-\n" in text:
        for match in _HYPHEN.finditer(text):
            if names.has_dashes():
                break
            word, rest = match[0].split("\n")
            message = f'"{word}" at the end of the line is shown as "{word} {rest}"'
            yield Leak("hyphen", *match.span(), message, "keep the word on one line")
    if ESCAPED in text:
        for match in _BACKSLASH.finditer(text):
            start, end = match.span("path" if match["path"] else "escape")
            letter = prose.source[start + 1 : end]
            # "\\A. Lovelace" at the start of a paragraph is no list.
            is_enumerator = start == 0 and text[2:3] in {".", ")"}
            if is_enumerator or not (letter.isalpha() if match["path"] else letter in _ESCAPES):
                continue
            escaped = f"\\{letter}"
            message = f"the backslash in {quote(escaped)} is not shown"
            help_ = f"write it in a literal, ``{escaped}``, or twice: \\{escaped}"
            yield Leak("backslash", start, end, message, help_)
