"""The patterns of paths in a process file.

They are read, and cached, on their own: parsing the whole process file would take most of the
time of checking a single file.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NamedTuple, Self

from .._text import parse_json


class Patterns(NamedTuple):
    """The lists of paths in a process file.

    :param frameworks: The file of frameworks, if the community has notes.
    :param inventories: The files of inventories of other projects.
    """

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    images: tuple[str, ...] = ()
    frameworks: tuple[str, ...] = ()
    inventories: tuple[str, ...] = ()

    @classmethod
    def from_table(cls, table: Mapping[str, Any]) -> Self:
        """Return the patterns in a process file that was not validated yet."""
        files, notes = table.get("files"), table.get("notes")
        lists = dict(files) if isinstance(files, dict) else {}
        lists["frameworks"] = [notes.get("frameworks")] if isinstance(notes, dict) else []
        inventories = table.get("inventory")
        tables = inventories if isinstance(inventories, list) else []
        lists["inventories"] = [each.get("file") for each in tables if isinstance(each, dict)]
        return cls(*(_strings(lists.get(name)) for name in cls._fields))

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Return the patterns in a value of the cache.

        :raises ValueError: It is damaged.
        """
        lists = parse_json(text)
        if not isinstance(lists, dict) or lists.keys() != {*cls._fields}:
            raise ValueError("has no patterns")
        return cls(*(_strings(lists[name]) for name in cls._fields))

    def to_json(self) -> str:
        """Return a value for the cache."""
        return json.dumps(self._asdict())


def _strings(value: object) -> tuple[str, ...]:
    """Return a list of strings; empty if it is something else, which is an error of the process."""
    values = value if isinstance(value, list) else []
    return tuple(values) if all(isinstance(each, str) for each in values) else ()
