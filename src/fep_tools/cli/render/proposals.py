"""Proposals as a table, as JSON and as CSV; and one of them in full."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import StringIO
from typing import Any

from ..._text import closest_match, inert, join_words, quote, safe, width
from ...catalog.model import Catalog, CatalogEntry, NoteEntry
from ...errors import FepError
from ...notes.status import describe_versions
from ...process.model import Process

LONGEST_TITLE = 60
COLUMNS = ("number", "title", "status", "type", "created", "authors")


def select(
    catalog: Catalog,
    *,
    status: str | None = None,
    type_: str | None = None,
    topic: str | None = None,
    author: str | None = None,
    framework: str | None = None,
) -> list[CatalogEntry]:
    """The proposals that have all of what is asked for; case and parts of names do not count."""

    def wanted(entry: CatalogEntry) -> bool:
        return (
            _is(status, entry.status)
            and _is(type_, entry.type)
            and (topic is None or any(_is(topic, some) for some in entry.topics))
            and (author is None or any(_in(author, who) for who in _names(entry)))
            and (framework is None or any(framework == some.framework for some in entry.notes))
        )

    return [entry for entry in catalog.proposals if wanted(entry)]


def framework_of(catalog: Catalog, name: str) -> str:
    """The key of the framework of that key or title; :class:`FepError` for any other name."""
    for framework in catalog.frameworks:
        if name.casefold() in (framework.key, framework.title.casefold()):
            return framework.key
    keys = [framework.key for framework in catalog.frameworks]
    if not keys:
        raise FepError("there are no notes on other frameworks here")
    raise FepError(
        f"there is no framework {quote(name)}; "
        f"write {closest_match(name, keys) or join_words(keys)}"
    )


def _is(asked: str | None, value: str | None) -> bool:
    return asked is None or (value is not None and asked.casefold() == value.casefold())


def _in(asked: str, value: str) -> bool:
    return asked.casefold() in value.casefold()


def _names(entry: CatalogEntry) -> Iterable[str]:
    for author in entry.authors:
        yield author.name
        if author.handle:
            yield f"@{author.handle}"


def table(entries: Sequence[CatalogEntry]) -> str:
    """One line each: number, status, type, title."""
    rows = [
        (str(e.number), safe(e.status or "?"), safe(e.type or "?"), safe(e.title, LONGEST_TITLE))
        for e in entries
    ]
    widths = [max((width(row[n]) for row in rows), default=0) for n in range(3)]
    return "".join(f"{_padded(row, widths)}  {row[3]}\n" for row in rows)


def _padded(row: Sequence[str], widths: Sequence[int]) -> str:
    """The first three cells, the number to the right, the others to the left."""
    gaps = [" " * (wide - width(cell)) for cell, wide in zip(row, widths, strict=False)]
    return f"{gaps[0]}{row[0]}  {row[1]}{gaps[1]}  {row[2]}{gaps[2]}"


def as_json(entries: Iterable[CatalogEntry]) -> str:
    """The same objects as in the site's ``api/proposals.json``."""
    return inert(json.dumps([entry.as_json() for entry in entries], indent=2)) + "\n"


def one_as_json(entry: CatalogEntry) -> str:
    """The same object as in the site's ``api/proposals/NNNN.json``."""
    return inert(json.dumps(entry.as_json(), indent=2)) + "\n"


def as_csv(entries: Sequence[CatalogEntry]) -> str:
    """One row each, with a heading; cells that a spreadsheet would compute are quoted away."""
    names = ("; ".join(author.name for author in entry.authors) for entry in entries)
    rows = (e.as_json() | {"authors": some} for e, some in zip(entries, names, strict=True))
    return rows_as_csv(COLUMNS, rows)


def rows_as_csv(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> str:
    """The *columns* of *rows*, with a heading."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_inert(row[name]) for name in columns])
    return out.getvalue()


def _inert(value: Any) -> str:
    text = safe("" if value is None else str(value), None)
    return f"'{text}" if text.startswith(("=", "+", "-", "@")) else text


def show(entry: CatalogEntry, catalog: Catalog, process: Process) -> str:
    """Everything that is known of one proposal, for people."""
    facts = [
        ("Status", entry.status),
        ("Type", entry.type),
        ("Authors", ", ".join(author.name for author in entry.authors)),
        ("Topics", ", ".join(entry.topics)),
        ("Created", entry.created.isoformat() if entry.created else None),
        ("Versions", ", ".join(entry.versions)),
        ("Discussion", entry.discussion),
        ("Resolution", entry.resolution.url if entry.resolution else None),
        ("Requires", _labels(entry.requires, catalog, process)),
        ("Required by", _labels(entry.required_by, catalog, process)),
        ("Replaces", _labels(entry.replaces, catalog, process)),
        ("Superseded by", _labels(entry.superseded_by, catalog, process)),
        ("File", entry.path),
    ]
    lines = [f"{process.label(entry.number)}: {safe(entry.title, None)}", ""]
    lines += [f"{name + ':':<15}{safe(value, None)}" for name, value in facts if value]
    if entry.notes:
        lines += ["", *_notes(entry, catalog)]
    if entry.abstract:
        lines += ["", safe(entry.abstract, 1000)]
    return "\n".join(lines) + "\n"


def _notes(entry: CatalogEntry, catalog: Catalog) -> Iterator[str]:
    """How each framework stands to it, and how far that may be believed."""
    titles = {framework.key: framework.title for framework in catalog.frameworks}
    for noted in entry.notes:
        title = titles[noted.framework]
        yield f"{title + ':':<15}{noted.stance or '?':<15}{_describe_note(noted, title)}".rstrip()


_NOTE_STATES = {
    "verified": "verified on {0}",
    "failed": "fails on {0}",
    "stale": "not verified: the result is outdated",
    "not-run": "not verified: not run",
    "unavailable": "not verified: could not be run",
    "claim-only": "not verified: no snippet",
}


def _describe_note(note: NoteEntry, title: str) -> str:
    """Return the state of a note, such as ``verified on Sanic 24.6.0, Python 3.12``."""
    return _NOTE_STATES[note.state].format(
        describe_versions(title, note.version or "", note.python or "")
    )


def _labels(numbers: Iterable[int], catalog: Catalog, process: Process) -> str:
    found = ((number, catalog.get(number)) for number in numbers)
    titles = (f"{process.label(n)} ({e.title})" if e else process.label(n) for n, e in found)
    return ", ".join(titles)
