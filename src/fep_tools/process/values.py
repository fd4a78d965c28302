"""The texts and numbers in a process file, each with what to write instead of another value."""

from __future__ import annotations

from typing import Annotated, Any
from unicodedata import category

from pydantic import AfterValidator, BeforeValidator, Field, StrictInt

from .._numbers import MAX_NUMBER

CONTROL_CATEGORIES = {"Cc", "Cs", "Zl", "Zp"}
"""Unicode categories of control characters, lone surrogates and line ends."""


def _has_control(text: str) -> bool:
    return any(category(character) in CONTROL_CATEGORIES for character in text)


def _require_plain(text: str) -> str:
    if not text or text != text.strip() or _has_control(text):
        raise ValueError("not one line of text")
    return text


Name = Annotated[
    str,
    AfterValidator(_require_plain),
    Field(description="a string in quotes, on one line and without blanks at its ends"),
]
"""The name of something, or another text that cannot be empty."""

Names = tuple[Name, ...]


def _require_text(text: str) -> str:
    if not isinstance(text, str) or _has_control(text.replace("\n", "")):
        raise ValueError("has a control character")
    return text


Text = Annotated[
    str,
    AfterValidator(_require_text),
    Field(description="a string in quotes, without control characters"),
]
"""A text that readers see; it may have several lines."""


def _require_texts(table: Any) -> Any:
    if isinstance(table, dict):
        for text in table.values():
            _require_text(text)
    return table


Texts = Annotated[
    dict[str, str],
    BeforeValidator(_require_texts),
    Field(description='a table of texts, such as { Core = "About the core." }'),
]
"""A table of texts by name."""

WebUrl = Annotated[
    str,
    Field(
        pattern=r"^https?://[^\s]+$",
        description='a string with a URL, such as "https://example.org/"',
    ),
    AfterValidator(_require_plain),
]

UrlTemplate = Annotated[
    str,
    Field(
        pattern=r"^$|^(?:\{url\}|https?://)[^\s]*$",
        description='a string that begins with "{url}" or "https://", or an empty one',
    ),
]

RoleName = Annotated[
    str,
    Field(
        pattern=r"^[a-z0-9]+(?:[-_.:+][a-z0-9]+)*$",
        description='a string of lower-case letters and digits, such as "issue"',
    ),
]
"""The name of a role or directive of reStructuredText."""

Count = Annotated[StrictInt, Field(ge=0, le=9999, description="a number from 0 to 9999")]

Slug = Annotated[
    str,
    Field(
        pattern=r"^[a-z0-9-]*$",
        max_length=50,
        description="at most 50 lower-case letters, digits and hyphens",
    ),
]
"""A part of a URL or an anchor; if empty, it is made from a title."""

Number = Annotated[
    StrictInt, Field(ge=0, le=MAX_NUMBER, description=f"a number from 0 to {MAX_NUMBER}")
]
"""The number of a proposal."""
