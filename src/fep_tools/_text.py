"""Small things done to text, and nothing that knows what the text is about."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

LONGEST_QUOTE = 160
"""How many characters of a stranger's text are shown (SEC-C1)."""

_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


_MARKS = frozenset({"Mn", "Me"})
"""Categories of characters that stand on the one before them."""


def safe(text: str, limit: int | None = LONGEST_QUOTE) -> str:
    r"""A stranger's *text*, harmless to a terminal, a log and a CI runner.

    What does not print is written as an escape; ``##[`` and a leading ``::``, which
    GitHub's runner obeys, are broken up.

    >>> safe("a\x1b[31m::\u202e")
    'a\\x1b[31m::\\u202e'
    """
    if limit is not None and len(text) > limit:
        text = text[: limit - 1] + "\N{HORIZONTAL ELLIPSIS}"
    if not (text.isascii() and text.isprintable()):
        text = "".join(map(_visible, text))
    if text.lstrip().startswith("::"):
        text = text.replace("::", r":\x3a", 1)
    return unobeyed(text)


def unobeyed(text: str) -> str:
    """*text* with what GitHub's runner obeys wherever it stands in a line broken up."""
    return text.replace("##[", r"#\x23[")


def _visible(character: str) -> str:
    if unicodedata.category(character) not in _INVISIBLE:
        return character
    return character.encode("unicode-escape", "surrogatepass").decode("ascii")


def escape_surrogates(text: str) -> str:
    r"""Return *text* as valid Unicode: lone surrogates become escapes.

    Git and Linux allow paths and names that are not UTF-8. Python decodes the byte ``0xff`` in
    one as U+DCFF, which no output can encode.
    """
    return text.encode("utf-8", "backslashreplace").decode()


def inert(json: str) -> str:
    r"""*json*, its values the same, without what GitHub's runner takes for a command."""
    return json.replace("##[", "#\\u0023[")


def quote(text: str) -> str:
    """*text* on one line and in double quotes, as messages show what was found."""
    return f'"{safe(" ".join(text.split()))}"'


def join_words(words: Iterable[str], last: str = "or") -> str:
    """Words as a sentence lists them: ``a, b or c``."""
    *most, final = words
    return f"{', '.join(most)} {last} {final}" if most else final


def closest_match(word: str, words: Iterable[str], likeness: float = 0.6) -> str | None:
    """The one of *words* that *word* was probably meant to be; *likeness* is from 0 to 1."""
    from difflib import get_close_matches

    folded = {candidate.casefold(): candidate for candidate in words}
    if word.casefold() in folded:
        return folded[word.casefold()]
    close = get_close_matches(word.casefold(), folded, n=1, cutoff=likeness)
    return folded[close[0]] if close else None


def did_you_mean(word: str, words: Iterable[str], otherwise: str = "") -> str:
    """Return the end of a message about an unknown *word*.

    :param otherwise: the advice if none of *words* is close; by default ``use a, b or c``.
    """
    known = list(words)
    match = closest_match(word, known)
    return f"did you mean {match}?" if match else otherwise or f"use {join_words(known)}"


def slugify(text: str, limit: int = 50, keep: str = "") -> str:
    """Return *text* as a part of a file name or URL.

    Runs of anything but ASCII letters, digits and characters in *keep* become one hyphen.

    >>> slugify("Async  Django!")
    'async-django'
    """
    slug = re.sub(rf"[^a-z0-9{re.escape(keep)}]+", "-", text.lower())
    return slug.strip(f"-{keep}")[:limit].strip(f"-{keep}")


def plural(number: int, noun: str) -> str:
    """``1 error``, ``2 errors``."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def width(text: str) -> int:
    """The columns that *text* takes on a terminal."""
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
