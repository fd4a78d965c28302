"""The baseline: a file that records existing findings, so that only new ones are reported.

Most repositories are not free of errors on the day they start to check proposals. The file
records findings by their fingerprints, which do not change when lines move.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ..diagnostics import Diagnostic
from ..errors import ConfigError

SCHEMA_VERSION = 1


@dataclass(frozen=True, order=True)
class BaselineEntry:
    """A recorded finding.

    :param line: The line of the entry in the baseline file; 0 for a new entry.
    """

    path: str
    code: str
    fingerprint: str
    line: int = 0


@dataclass(frozen=True)
class Baseline:
    """The entries of a baseline file.

    :param name: The path of the file.
    """

    name: str = ""
    entries: tuple[BaselineEntry, ...] = ()

    def contains(self, diagnostic: Diagnostic) -> bool:
        """Return whether a diagnostic is recorded."""
        return diagnostic.fingerprint in self._fingerprints

    @cached_property
    def _fingerprints(self) -> frozenset[str]:
        return frozenset(entry.fingerprint for entry in self.entries)


def baseline_entries(diagnostics: Iterable[Diagnostic]) -> list[BaselineEntry]:
    """Return an entry for each diagnostic."""
    return [BaselineEntry(d.path, d.code, d.fingerprint) for d in diagnostics]


def follow(
    entries: Iterable[BaselineEntry],
    before: Iterable[tuple[Diagnostic, Hashable]],
    after: Iterable[tuple[Diagnostic, Hashable]],
) -> Iterator[BaselineEntry]:
    """Yield the entries as they are after a change of the text, of which fingerprints are made.

    :param before: The findings before the change, each with a key that tells it from others in
        other places. Findings with one key stay in order.
    :param after: The findings after the change, with the same keys.
    """
    keys = {diagnostic.fingerprint: key for diagnostic, key in _counted(before)}
    found = {key: diagnostic for diagnostic, key in _counted(after)}
    for entry in entries:
        diagnostic = found.get(keys.get(entry.fingerprint, ()))
        if diagnostic is None:
            yield BaselineEntry(entry.path, entry.code, entry.fingerprint)
        else:
            yield BaselineEntry(diagnostic.path, diagnostic.code, diagnostic.fingerprint)


def _counted(
    diagnostics: Iterable[tuple[Diagnostic, Hashable]],
) -> Iterator[tuple[Diagnostic, Hashable]]:
    """Yield the diagnostics with their key, and how many with it came before."""
    counts: Counter[Hashable] = Counter()
    for diagnostic, key in diagnostics:
        yield diagnostic, (key, counts[key])
        counts[key] += 1


def dump(entries: Iterable[BaselineEntry]) -> str:
    """Return the content of a baseline file: sorted, one line per entry, so that git can merge."""
    rows = [
        json.dumps({"path": entry.path, "code": entry.code, "fingerprint": entry.fingerprint})
        for entry in sorted(entries)
    ]
    lines = ",\n".join(f"    {row}" for row in rows)
    findings = f"[\n{lines}\n  ]" if rows else "[]"
    return f'{{\n  "schema_version": {SCHEMA_VERSION},\n  "findings": {findings}\n}}\n'


def parse(text: str, name: str) -> Baseline:
    """Return the baseline that a file holds.

    :param text: The content of the file.
    :param name: The path of the file, for messages.
    :raises ConfigError: The content is not a baseline.
    """
    try:
        table = json.loads(text)
    except (ValueError, RecursionError):  # deeply nested brackets
        raise _invalid(name) from None
    rows = table.get("findings") if isinstance(table, dict) else None
    if not isinstance(rows, list) or table.get("schema_version") != SCHEMA_VERSION:
        raise _invalid(name)
    lines = text.split("\n")
    return Baseline(name, tuple(_entry(row, lines, name) for row in rows))


def _entry(row: Any, lines: list[str], name: str) -> BaselineEntry:
    keys = ("path", "code", "fingerprint")
    if not isinstance(row, dict) or not all(isinstance(row.get(key), str) for key in keys):
        raise _invalid(name)
    # json.loads() gives no line numbers. dump() writes one entry per line, and a fingerprint
    # occurs once.
    quoted = json.dumps(row["fingerprint"])
    line = next((n for n, text in enumerate(lines, start=1) if quoted in text), 1)
    return BaselineEntry(row["path"], row["code"], row["fingerprint"], line)


def _invalid(name: str) -> ConfigError:
    return ConfigError(f"{name}: not a baseline file; to create one, run: fep baseline write")
