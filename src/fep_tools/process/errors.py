"""What is wrong with a process file: the line, and words of the file instead of Python's."""

from __future__ import annotations

import re
from typing import Any

from .. import _toml
from .._text import closest_match, join_words
from . import validation
from .schema import Table


def line(text: str, error: Any) -> int:
    """The line of the file that a pydantic error is about."""
    cause = error.get("ctx", {}).get("error")
    if not isinstance(cause, validation.UndefinedName):
        return _toml.line_of(text, error["loc"])
    lines = text.split("\n")
    return next((n for n, told in enumerate(lines, 1) if f'"{cause.name}"' in told), 1)


def plain(error: Any) -> str:
    """A pydantic error in words of the file, not of Python."""
    where = " ".join(str(part) for part in error["loc"] if not isinstance(part, int))
    match error["type"]:
        case "extra_forbidden":
            key = str(error["loc"][-1])
            meant = closest_match(key, _keys())
            return f"unknown key {key!r}" + (f"; did you mean {meant!r}?" if meant else "")
        case "missing":
            return f"the key {error['loc'][-1]!r} is missing"
        case "value_error":
            return str(error["ctx"]["error"])
        case "literal_error":
            names = re.findall(r"'([^']+)'", error["ctx"]["expected"])
            meant = closest_match(str(error["input"]), names)
            return f"{where} is {error['input']!r}; write {meant or join_words(names)}"
    wanted = _WANTED.get(error["type"])
    if wanted:
        return f"{where} is {error['input']!r}; write {wanted}"
    return f"{where}: {error['msg'][0].lower()}{error['msg'][1:]}"


_WANTED = {
    "tuple_type": 'a list, such as ["Draft"]',
    "string_type": 'a text in quotes, such as "Draft"',
    "int_type": "a number, such as 7",
    "int_parsing": "a number, such as 7",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "model_type": "a table",
}
"""What is meant by the types of pydantic's errors."""


def _keys() -> list[str]:
    """Every key that a process file may have, in whatever table."""
    tables = Table.__subclasses__()
    return [field.alias or name for t in tables for name, field in t.model_fields.items()]
