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
    :param watched: The file of watched extensions, if the process names one.
    :param inventories: The files of inventories of other projects.
    :param pages: The directories of pages.
    :param included: Files that proposals may include.
    :param page_texts: Texts that are pages of the site, whose labels proposals can link to.
    :param templates: The names of the files of templates, of all types that have one.
    """

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    images: tuple[str, ...] = ()
    frameworks: tuple[str, ...] = ()
    watched: tuple[str, ...] = ()
    inventories: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    included: tuple[str, ...] = ()
    page_texts: tuple[str, ...] = ()
    templates: tuple[str, ...] = ()

    @property
    def image_globs(self) -> list[str]:
        """Patterns of files in the directories where images may be."""
        return [*self.include, *(f"{path}/*" for path in self.images)]

    @property
    def attached(self) -> tuple[str, ...]:
        """Patterns of files that belong to the texts of proposals."""
        return (*self.included, *self.page_texts)

    @classmethod
    def from_table(cls, table: Mapping[str, Any]) -> Self:
        """Return the patterns in a process file that was not validated yet."""
        files, notes = table.get("files"), table.get("notes")
        lists = dict(files) if isinstance(files, dict) else {}
        lists["frameworks"] = [notes.get("frameworks")] if isinstance(notes, dict) else []
        watching = table.get("extensions")
        lists["watched"] = [watching.get("watched")] if isinstance(watching, dict) else []
        lists["inventories"] = _values(table.get("inventory"), "file")
        lists["pages"] = _values(table.get("pages"), "directory")
        lists["page_texts"] = [
            f"{directory}/{'*' if names is None else names}"
            for directory, names in zip(
                lists["pages"], _values(table.get("pages"), "files"), strict=True
            )
        ]
        lists["templates"] = [*filter(None, _values(table.get("type"), "template"))]
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


def _values(tables: object, key: str) -> list[Any]:
    """Return the values of a key in a list of tables."""
    found = tables if isinstance(tables, list) else []
    return [table.get(key) for table in found if isinstance(table, dict)]


def _strings(value: object) -> tuple[str, ...]:
    """Return a list of strings; empty if it is something else, which is an error of the process."""
    values = value if isinstance(value, list) else []
    return tuple(values) if all(isinstance(each, str) for each in values) else ()
