"""Findings that are known and wait: a file of fingerprints, which survive moved lines.

A repository that begins to check itself is not clean on that day. The file says what was
there, so that only what is new is told.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ..diagnostics import Diagnostic
from ..errors import ConfigError

SCHEMA_VERSION = 1


@dataclass(frozen=True, order=True)
class BaselineEntry:
    """One known finding; *line* is where the file names it."""

    path: str
    code: str
    fingerprint: str
    line: int = 0


@dataclass(frozen=True)
class Baseline:
    """The findings that the file called *name* knows."""

    name: str = ""
    entries: tuple[BaselineEntry, ...] = ()

    def contains(self, told: Diagnostic) -> bool:
        """Whether *told* is one of them."""
        return told.fingerprint in self.fingerprints

    @property
    def fingerprints(self) -> frozenset[str]:
        """What they are known by."""
        return frozenset(entry.fingerprint for entry in self.entries)


def entries(told: Iterable[Diagnostic]) -> list[BaselineEntry]:
    """What a file has to say to know all of *told*."""
    return [BaselineEntry(one.path, one.code, one.fingerprint) for one in told]


def dump(known: Iterable[BaselineEntry]) -> str:
    """The content of a file that knows them, with a line for each, so that merges are easy."""
    rows = [
        json.dumps({"path": entry.path, "code": entry.code, "fingerprint": entry.fingerprint})
        for entry in sorted(known)
    ]
    lines = ",\n".join(f"    {row}" for row in rows)
    found = f"[\n{lines}\n  ]" if rows else "[]"
    return f'{{\n  "schema_version": {SCHEMA_VERSION},\n  "findings": {found}\n}}\n'


def parse(text: str, name: str) -> Baseline:
    """The findings that *text*, the content of the file *name*, knows; raises ConfigError."""
    try:
        table = json.loads(text)
    except (ValueError, RecursionError):
        raise _unsound(name) from None
    rows = table.get("findings") if isinstance(table, dict) else None
    if not isinstance(rows, list) or table.get("schema_version") != SCHEMA_VERSION:
        raise _unsound(name)
    lines = text.split("\n")
    return Baseline(name, tuple(_entry(row, lines, name) for row in rows))


def _entry(row: Any, lines: list[str], name: str) -> BaselineEntry:
    keys = ("path", "code", "fingerprint")
    if not isinstance(row, dict) or not all(isinstance(row.get(key), str) for key in keys):
        raise _unsound(name)
    mark = json.dumps(row["fingerprint"])
    line = next((n for n, text in enumerate(lines, start=1) if mark in text), 1)
    return BaselineEntry(row["path"], row["code"], row["fingerprint"], line)


def _unsound(name: str) -> ConfigError:
    return ConfigError(f"{name}: not a baseline; write one with `fep baseline write`")
