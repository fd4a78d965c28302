"""What the styles of an SVG picture cost a browser.

A property like ``--b: var(--a) var(--a)`` is twice as long as *a*, and each element has its own.
HTML in a picture may have columns in columns.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final

MAX_VALUES: Final = 200_000_000
"""How many characters the values of all elements may have that are made of other values."""

# "var(--a)", "attr(x)", and functions that a style sheet defines
_MADE_OF_OTHERS = re.compile(r"(?<![\w-])(?:attr|env|if|inherit|var|--[^\s:;{}()]+)\s*\(", re.I)

_DEFINITION = re.compile(r"(?<![\w-])--[^\s:;{}()\[\]\"',]*\s*:")

# Where the value of a property ends: not at a ";" in a text or between brackets.
_TOKEN = re.compile(r"\"[^\"\n]*\"?|'[^'\n]*'?|[;()\[\]{}]")

_LAYOUT = re.compile(
    r"(?<![\w-])(?:-(?:moz|webkit)-)?column(?:s|-count|-width)\s*:|display\s*:\s*(?:inline-)?grid",
    re.I,
)


def is_made_of_others(css: str) -> bool:
    """Return whether a value, or any in a style, is made of other values."""
    return bool(_MADE_OF_OTHERS.search(css))


def style_problem(
    styles: Sequence[str], plain_css: Callable[[str], str], elements: int, *, is_made: bool
) -> str:
    """Return why a browser should not show a picture, as the end of a sentence, or ``""``.

    :param styles: Its style sheet, and the styles of elements.
    :param plain_css: Returns CSS without comments and escapes.
    :param elements: How many it has.
    :param is_made: Whether an attribute is made of other values.
    """
    defining = 0
    for css in styles:
        # What looks like a comment may be two strings with the rest of the style between them.
        for text in (css, plain_css(css)):
            if match := _LAYOUT.search(text):
                return f"has {match[0].rstrip(': ')} in a style, which may take a browser very long"
            is_made = is_made or is_made_of_others(text)
            if any(map(is_made_of_others, _definitions(text, has_escapes="\\" in css))):
                return "has a property in a style that is made of others, and may double each time"
        defining += len(css) if "--" in css or "\\" in css else 0
    if is_made and defining * elements > MAX_VALUES:
        return "becomes too large in a browser: each element has values that are made of others"
    return ""


def _definitions(css: str, *, has_escapes: bool) -> Iterator[str]:
    """Yield the values of the properties ``--name``; with escapes, all that comes after one."""
    for match in _DEFINITION.finditer(css):
        if has_escapes:
            yield css[match.end() :]
            return
        depth = 0
        for token in _TOKEN.finditer(css, match.end()):
            depth += (token[0] in "([{") - (token[0] in ")]}")
            if depth < 0 or (depth == 0 and token[0] == ";"):
                yield css[match.end() : token.start()]
                break
        else:
            yield css[match.end() :]
