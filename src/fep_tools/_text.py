"""General-purpose functions on text."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Collection, Iterable
from typing import Any

try:
    # hashlib loads all of OpenSSL first, which takes a tenth of the time of checking one file,
    # and then hands out this very function (CPython, Lib/hashlib.py).
    from _blake2 import blake2b
except ImportError:  # pragma: no cover - a Python that is built otherwise
    from hashlib import blake2b

MAX_QUOTE_CHARACTERS = 160
"""The longest quotation of untrusted text in a message (see docs/security.rst, *sec-output*)."""

# Unicode's categories of control, format, surrogate, private and unassigned characters, and of
# line and paragraph separators.
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})

# Combining characters, which take no column of their own.
_MARKS = frozenset({"Mn", "Me"})


def leading_choice(text: str, choices: Iterable[str]) -> str:
    """Return the beginning of *text* that is one of *choices* in any case; empty if none is.

    >>> leading_choice("withdrawn (superseded by 7)", ["Draft", "Withdrawn"])
    'withdrawn'
    """
    words = sorted(choices, key=len, reverse=True)
    pattern = "|".join(r"\s+".join(map(re.escape, word.split())) for word in words)
    match = re.match(rf"(?:{pattern})(?![\w-])", text, re.IGNORECASE) if words else None
    return match[0] if match else ""


def digest(data: bytes, size: int) -> bytes:
    """Return the BLAKE2b digest of *data*, of *size* bytes."""
    return blake2b(data, digest_size=size).digest()


def is_utf8(name: str) -> bool:
    """Return whether the name of a file is UTF-8; other bytes are lone surrogates in Python."""
    return not any("\ud800" <= character <= "\udfff" for character in name)


BLANKS = "\v\f\x1c\x1d\x1e\x1f\x85\u2028\u2029"
"""White space that is neither a space nor a tab, and at which some programs begin a new line.

Docutils replaces a form feed by a space, and splits lines at the others, which git, editors and
GitHub do not. Here they are spaces, so that a line has the same number everywhere.
"""

_LINE_END = re.compile(r"\r\n|\n|\r")


def split_lines(text: str) -> list[str]:
    r"""Return the lines of *text*, which end at ``\n``, ``\r\n`` or ``\r``, without their ends.

    These are the line ends of Python's files, of the Language Server Protocol and of editors.
    ``str.splitlines()`` also splits at :data:`BLANKS`.
    """
    return _LINE_END.split(text) if "\r" in text else text.split("\n")


def first_lines(text: str, count: int) -> list[str]:
    """Return the first *count* lines of *text*, without splitting the rest of it."""
    lines = split_lines(text) if "\r" in text else text.split("\n", count)
    return lines[:count]


def line_starts(text: str) -> list[int]:
    """Return the offset at which each line of *text* begins; see :func:`split_lines`."""
    return [0, *(match.end() for match in _LINE_END.finditer(text))]


def with_plain_blanks(text: str) -> str:
    """Return *text* with a space in place of each of :data:`BLANKS`; no position changes."""
    for blank in BLANKS:  # str.translate() looks up every character
        text = text.replace(blank, " ")
    return text


def bare_text(text: str) -> str:
    """Return *text* as browsers compare schemes: without white space and control characters."""
    text = "".join(text.split())
    # One call for nearly all texts; a picture embedded in another has a megabyte.
    return text if text.isprintable() else "".join(filter(str.isprintable, text))


def safe(text: str, limit: int | None = MAX_QUOTE_CHARACTERS) -> str:
    r"""Return untrusted *text*, harmless to a terminal, a log and a CI runner.

    Invisible characters become escapes. ``##[``, ``##vso[`` and a leading ``::``, which begin
    commands of CI runners, are broken up.

    :param limit: the number of characters after which text is cut off; ``None`` for no limit.

    >>> safe("a\x1b[31m::\u202e")
    'a\\x1b[31m::\\u202e'
    """
    if limit is not None and len(text) > limit:
        text = text[: limit - 1] + "\N{HORIZONTAL ELLIPSIS}"
    if not (text.isascii() and text.isprintable()):
        text = "".join(map(_escape_invisible, text))
    if text.lstrip().startswith("::"):
        text = text.replace("::", r":\x3a", 1)
    return escape_runner_commands(text)


# "##[error]x", which GitHub's runner executes anywhere in a line; "##vso[task.setvariable ...]x",
# which Azure Pipelines does; "##teamcity[...]".
_RUNNER_COMMAND = re.compile(r"##(?=\w*\[)")


def shorten(text: str, limit: int) -> str:
    """Return *text*, or its beginning and an ellipsis if it has more than *limit* characters.

    >>> shorten("Typed views", 6)
    'Typed…'
    """
    return text if len(text) <= limit else f"{text[: limit - 1].rstrip()}…"


def escape_runner_commands(text: str) -> str:
    """Return *text* without what a CI runner executes anywhere in a line."""
    return _RUNNER_COMMAND.sub(r"#\\x23", text)


def _escape_invisible(character: str) -> str:
    if unicodedata.category(character) not in _INVISIBLE:
        return character
    return character.encode("unicode-escape", "surrogatepass").decode("ascii")


def escape_surrogates(text: str) -> str:
    r"""Return *text* as valid Unicode: lone surrogates become escapes.

    Git and Linux allow paths and names that are not UTF-8. Python decodes the byte ``0xff`` in
    one as U+DCFF, which no output can encode.
    """
    return text.encode("utf-8", "backslashreplace").decode()


# Characters that mean something anywhere in a line, those that do at its beginning, and those
# that make a link of "https://example.org" and "www.example.org" on GitHub. Up to three blanks may
# be in front of "> quote" and "# heading" (CommonMark, sections 5.1 and 4.2).
_MARKDOWN = re.compile(
    r"^(?P<blanks> *)(?P<first>[#+=>-])|(?P<mark>[\\`*_\[\]<&~|$]|:(?=//)|(?<=www)\.)", re.MULTILINE
)


def escape_markdown(text: str, limit: int | None = MAX_QUOTE_CHARACTERS) -> str:
    r"""Return untrusted *text* as Markdown that shows just that.

    :param limit: as in :func:`safe`.

    >>> escape_markdown("[a](b)")
    '\\[a\\](b)'
    """
    return _MARKDOWN.sub(r"\g<blanks>\\\g<first>\g<mark>", safe(text, limit))


def escape_json(text: str) -> str:
    r"""Return JSON with the same values, but without what a CI runner executes."""
    return _RUNNER_COMMAND.sub(r"#\\u0023", text)


def dump_json(value: Any) -> str:
    """Return *value* as an indented JSON document, in ASCII: nothing in it is invisible."""
    return escape_json(json.dumps(value, indent=2)) + "\n"


def parse_json(text: str) -> Any:
    """Parse untrusted JSON.

    :raises ValueError: It is not JSON, or it is nested too deeply.
    """
    try:
        return json.loads(text)
    except RecursionError:
        raise ValueError("is nested too deeply") from None


def quote(text: str) -> str:
    """Return *text* on one line and in double quotes, for messages."""
    return f'"{safe(" ".join(text.split()))}"'


def join_words(words: Iterable[str], last: str = "or") -> str:
    """Return *words* as a sentence lists them, such as ``a, b or c``."""
    *most, final = words
    return f"{', '.join(most)} {last} {final}" if most else final


def closest_match(word: str, words: Iterable[str], likeness: float = 0.6) -> str | None:
    """Return the one of *words* that is most similar to *word*, without regard to case.

    :param likeness: how similar it must be, from 0 to 1.
    """
    from difflib import get_close_matches  # late: only messages about mistakes need it

    folded = {candidate.casefold(): candidate for candidate in words}
    if word.casefold() in folded:
        return folded[word.casefold()]
    close = get_close_matches(word.casefold(), folded, n=1, cutoff=likeness)
    return folded[close[0]] if close else None


MAX_COMPARED = 20_000_000
"""How many pairs of characters are compared for suggestions: for a second or two."""


class Suggestions:
    """Finds similar words for the mistakes in an untrusted text, which may be very many.

    After a limit, none is found. It is the same on each machine.
    """

    def __init__(self, limit: int = MAX_COMPARED) -> None:
        self._left = limit

    def closest(self, word: str, words: Collection[str], likeness: float = 0.6) -> str | None:
        """Return what :func:`closest_match` does."""
        if self._left > 0:
            self._left -= (len(word) + 1) * sum(map(len, words))
        return closest_match(word, words, likeness) if self._left > 0 else None


def did_you_mean(
    word: str, words: Iterable[str], otherwise: str = "", likeness: float = 0.6
) -> str:
    """Return the end of a message about an unknown *word*.

    :param otherwise: the advice if none of *words* is close; by default ``use a, b or c``.
    :param likeness: how close it must be, from 0 to 1.
    """
    known = list(words)
    match = closest_match(word, known, likeness)
    return f"did you mean {match}?" if match else otherwise or f"use {join_words(known)}"


def has_words(text: str, words: str) -> bool:
    """Return whether *words* are in *text*, and no part of other words there."""
    start = text.find(words)
    while start >= 0:
        end = start + len(words)
        if not re.search(r"\w", text[max(start - 1, 0) : start] + text[end : end + 1]):
            return True
        start = text.find(words, start + 1)
    return False


def slugify(text: str, limit: int = 50, keep: str = "") -> str:
    """Return *text* as a part of a file name or URL.

    Runs of anything but ASCII letters, digits and characters in *keep* become one hyphen.

    >>> slugify("Async  Django!")
    'async-django'
    """
    slug = re.sub(rf"[^a-z0-9{re.escape(keep)}]+", "-", text.lower())
    return slug.strip(f"-{keep}")[:limit].strip(f"-{keep}")


def plural(number: int, noun: str) -> str:
    """Return a number and a noun, such as ``1 error`` or ``2 errors``."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def width(text: str) -> int:
    """Return the number of columns that *text* takes on a terminal."""
    if text.isascii():
        return len(text)
    return sum(
        0
        if unicodedata.category(c) in _MARKS
        else 2
        if unicodedata.east_asian_width(c) in "WF"
        else 1
        for c in text
    )


def wrap_words(text: str, limit: int, indent: str = "") -> list[str]:
    """Return *text* in lines of at most *limit* columns, each after *indent*.

    A word that is longer, such as a URL, is left as it is.
    """
    lines, current = [], ""
    for word in text.split():
        if current and width(f"{indent}{current} {word}") > limit:
            lines.append(indent + current)
            current = word
        else:
            current = f"{current} {word}" if current else word
    return [*lines, indent + current]
