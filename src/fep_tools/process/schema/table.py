"""The base of every table, and what is wrong with one."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict

KeyPath = tuple[str | int, ...]
"""Keys and positions in arrays, such as ``("header", 2, "kind")``."""


class Table(BaseModel):
    """The base of every table."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=False, defer_build=True)


class InvalidDefinition(ValueError):
    """A definition that cannot be used.

    :param path: the path of the key that the message is about, to find its line. If pydantic
        calls the validator, the path starts at the value that it validates.
    :param name: the string in the value of that key that the message is about.
    """

    def __init__(self, message: str, path: KeyPath = (), name: str | None = None) -> None:
        super().__init__(message)
        self.path = path
        self.name = name


def one_or_list(schema: dict[str, Any]) -> None:
    """Change the JSON Schema of a list so that a single entry is accepted in its place."""
    several = {key: schema.pop(key) for key in ("type", "items", "minItems") if key in schema}
    schema["anyOf"] = [several["items"], several]
