"""The patterns of paths in a process file.

They are read, and cached, on their own: parsing the whole process file would take most of the
time of checking a single file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .._text import parse_json


def load(text: str) -> dict[str, Sequence[str]]:
    """Return the patterns in a value of the cache.

    :raises ValueError: It is damaged.
    """
    patterns = parse_json(text)
    if not isinstance(patterns, dict) or "include" not in patterns:
        raise ValueError("has no patterns")
    for values in patterns.values():
        if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
            raise ValueError("has something else than patterns")
    return patterns


def from_table(table: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the patterns of paths in a process file that was not validated yet."""
    files, notes = table.get("files"), table.get("notes")
    patterns = dict(files) if isinstance(files, dict) else {}
    if isinstance(notes, dict) and isinstance(notes.get("frameworks"), str):
        patterns["frameworks"] = [notes["frameworks"]]
    inventories = table.get("inventory")
    tables = inventories if isinstance(inventories, list) else []
    files = [table.get("file") for table in tables if isinstance(table, dict)]
    patterns["inventories"] = [file for file in files if isinstance(file, str)]
    return patterns
