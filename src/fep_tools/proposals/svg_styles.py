"""What the styles of an SVG picture cost a browser.

A property like ``--b: var(--a) var(--a)`` is twice as long as *a*, and each element has its own.
HTML in a picture may have columns in columns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from .css import Css

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


def count_others(css: Css) -> int:
    """Return how many other values a value, or the values in a style, are made of."""
    return max(len(_MADE_OF_OTHERS.findall(text)) for text in css.texts)


def attribute_problem(css: Css) -> str:
    """Return why an attribute may not be in a picture, as the end of a sentence, or ``""``."""
    # Each may be made of other attributes, twice.
    has_attributes = any(_ATTRIBUTE.search(text) for text in css.texts)
    return "has attr() in a style or attribute" if has_attributes else ""


def style_problem(styles: Sequence[Css], elements: int, uses: int) -> str:
    """Return why a browser should not show a picture, as the end of a sentence, or ``""``.

    :param styles: The styles of elements, and its style sheet, which is the last one.
    :param elements: How many it has.
    :param uses: Of how many other values an attribute is made at most.
    """
    defined = in_sheet = 0
    for css in styles:
        if match := next(filter(None, map(_COLUMNS.search, css.texts)), None):
            return f"has {match[0].rstrip(': ')} in a style, which may take a browser very long"
        if problem := attribute_problem(css):
            return problem
        in_sheet = count_others(css)
        uses = max(uses, in_sheet)
        values = [*_definitions(css.plain)]
        if any(map(_MADE_OF_OTHERS.search, values)):
            return "has a property in a style that is made of others, and may double each time"
        defined += sum(map(len, values))
    if defined * elements * (uses + in_sheet) > MAX_VALUES:
        return "becomes too large in a browser: each element has values that are made of others"
    return ""


def _definitions(css: str) -> Iterator[str]:
    """Yield the values of the properties ``--name``."""
    end = 0
    while match := _DEFINITION.search(css, end):
        start = match.end()
        end = _end_of_value(css, start)
        yield css[start:end]


def _end_of_value(css: str, start: int) -> int:
    depth = 0
    for token in _TOKEN.finditer(css, start):
        depth += (token[0] in "([{") - (token[0] in ")]}")
        if depth < 0 or (depth == 0 and token[0] == ";"):
            return token.start()
    return len(css)
