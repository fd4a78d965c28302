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

_ATTRIBUTE = re.compile(r"(?<![\w-])attr\s*\(", re.I)

# A character of a name, which may be any but signs of ASCII. Each name is looked at once.
_NAME = r"[^\s!-,./:-@\[-^`{-~]"

# "var(--a)", "attr(x)", and functions that a style sheet defines
_MADE_OF_OTHERS = re.compile(
    rf"(?<!{_NAME})(?:attr|env|if|inherit|var|--{_NAME}++)\s*\(", re.IGNORECASE
)

_DEFINITION = re.compile(rf"(?<!{_NAME})--{_NAME}*+\s*:")

# Where the value of a property ends: not at a ";" in a text or between brackets.
_TOKEN = re.compile(r"\"[^\"\n]*\"?|'[^'\n]*'?|[;()\[\]{}]")

_COLUMNS = re.compile(
    r"(?<![\w.#-])(?:-(?:moz|webkit)-)?column(?:s|-count|-width)\s*:", re.IGNORECASE
)


def count_others(css: str) -> int:
    """Return how many other values a value, or the values in a style, are made of."""
    return len(_MADE_OF_OTHERS.findall(css))


def attribute_problem(plain: str) -> str:
    """Return why an attribute may not be in a picture, as the end of a sentence, or ``""``.

    :param plain: Its value without comments and escapes in CSS.
    """
    # Each may be made of other attributes, twice.
    return "has attr() in a style or attribute" if _ATTRIBUTE.search(plain) else ""


def style_problem(
    styles: Sequence[str], plain_css: Callable[[str], str], elements: int, uses: int
) -> str:
    """Return why a browser should not show a picture, as the end of a sentence, or ``""``.

    :param styles: The styles of elements, and its style sheet, which is the last one.
    :param plain_css: Returns CSS without comments and escapes.
    :param elements: How many it has.
    :param uses: Of how many other values an attribute is made at most.
    """
    defined = in_sheet = 0
    for css in styles:
        # What looks like a comment may be two strings with the rest of the style between them.
        for text in (css, plain_css(css)):
            if match := _COLUMNS.search(text):
                return f"has {match[0].rstrip(': ')} in a style, which may take a browser very long"
            if problem := attribute_problem(text):
                return problem
            in_sheet = count_others(text)
            uses = max(uses, in_sheet)
            values = [*_definitions(text, has_escapes="\\" in css)]
            if any(map(count_others, values)):
                return "has a property in a style that is made of others, and may double each time"
            defined += sum(map(len, values))
    if defined * elements * (uses + in_sheet) > MAX_VALUES:
        return "becomes too large in a browser: each element has values that are made of others"
    return ""


def _definitions(css: str, *, has_escapes: bool) -> Iterator[str]:
    """Yield the values of the properties ``--name``; with escapes, all that comes after one."""
    end = 0
    while match := _DEFINITION.search(css, end):
        start = match.end()
        end = len(css) if has_escapes else _end_of_value(css, start)
        yield css[start:end]


def _end_of_value(css: str, start: int) -> int:
    depth = 0
    for token in _TOKEN.finditer(css, start):
        depth += (token[0] in "([{") - (token[0] in ")]}")
        if depth < 0 or (depth == 0 and token[0] == ";"):
            return token.start()
    return len(css)
