"""Output of ``fep list`` and ``fep show``."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from io import StringIO
from itertools import accumulate
from typing import Any

from ..._text import did_you_mean, dump_json, quote, safe
from ...catalog.model import Author, Catalog, CatalogEntry, Resolution
from ...errors import FepError
from ...notes.store import describe_versions
from ...process.model import Process
from ..terminal import Paint
from .tables import align

MAX_TITLE_LENGTH = 60
"""Characters of a title in the table."""

STATUS_COLUMN = 1
"""The column of the table that is coloured."""

COLUMNS = ("number", "title", "status", "type", "created", "authors")
"""Columns of the CSV."""

LABEL_WIDTH = 15
"""The least width of the labels of ``fep show``, in columns."""

SHOWN_APART = ("number", "title", "history")
"""The roles of headers that ``fep show`` has above and below the others."""

NOTE_STATES = {
    "verified": "verified on {0}",
    "failed": "fails on {0}",
    "stale": "not verified: the result is outdated",
    "not-run": "not verified: not run",
    "unavailable": "not verified: could not be run",
    "claim-only": "not verified: no snippet",
}


# Selection ---------------------------------------------------------------------------------


def filter_entries(
    catalog: Catalog,
    *,
    statuses: Collection[str] = (),
    types: Collection[str] = (),
    topics: Collection[str] = (),
    authors: Collection[str] = (),
    upstream_authors: Collection[str] = (),
    frameworks: Collection[str] = (),
    versions: Collection[str] = (),
    words: Collection[str] = (),
) -> list[CatalogEntry]:
    """Return the proposals that match one value of each filter. Case does not matter.

    An empty filter matches all.

    :param authors: Parts of the names of authors, or of ``@handle``.
    :param upstream_authors: The same of the people who proposed or made the change elsewhere.
    :param frameworks: The keys of frameworks that the proposal has a note on.
    :param versions: Versions, or the beginnings of some: ``3.10`` for 3.10 and 3.10.1.
    :param words: Texts that must all be in the title or the abstract.
    """

    def matches(entry: CatalogEntry) -> bool:
        noted = [note.framework for note in entry.notes]
        text = f"{entry.title or ''} {entry.abstract or ''}".casefold()
        return (
            _has_any(statuses, [entry.status or ""])
            and _has_any(types, [entry.type or ""])
            and _has_any(topics, entry.topics)
            and _has_any(frameworks, noted)
            and _has_any(versions, _with_series(entry.versions))
            and all(word.casefold() in text for word in words)
            and _has_part(authors, entry.authors)
            and _has_part(upstream_authors, entry.upstream_authors)
        )

    return [entry for entry in catalog.entries if matches(entry)]


def sort_entries(entries: Iterable[CatalogEntry], key: str) -> list[CatalogEntry]:
    """Return *entries*, which are sorted by number, in another order; missing values are last.

    :param key: An attribute of an entry. Of dates, the latest is first.
    """
    is_date = key in ("created", "changed")

    def value(entry: CatalogEntry) -> Any:
        found = getattr(entry, key)
        return found.casefold() if isinstance(found, str) else found

    entries = list(entries)
    known = [entry for entry in entries if value(entry) is not None]
    unknown = [entry for entry in entries if value(entry) is None]
    # reverse=True keeps equal ones in their order.
    return sorted(known, key=value, reverse=is_date) + unknown


def unnumbered_note(catalog: Catalog) -> str:
    """Return the sentence about the proposals that a list cannot have."""
    paths = [safe(entry.path, MAX_TITLE_LENGTH) for entry in catalog.unnumbered]
    shown = ", ".join(paths[:3]) + (f" and {len(paths) - 3} more" if len(paths) > 3 else "")
    count = "1 proposal has" if len(paths) == 1 else f"{len(paths)} proposals have"
    kind = "whole number" if any(e.written_number for e in catalog.unnumbered) else "number"
    return f"{count} no {kind}: {shown}"


def find_framework(catalog: Catalog, name: str) -> str:
    """Return the key of a framework, by its key or its title.

    :raises FepError: If there is no such framework, or if there are no notes at all.
    """
    for framework in catalog.frameworks:
        if name.casefold() in (framework.key, framework.title.casefold()):
            return framework.key
    keys = [framework.key for framework in catalog.frameworks]
    if not keys:
        raise FepError("this repository has no notes on other frameworks")
    hint = did_you_mean(name, keys)
    raise FepError(f"there is no framework {quote(name)}; {hint}")


def _has_any(expected: Collection[str], values: Iterable[str]) -> bool:
    """Return whether one of *values* is *expected*; nothing expected matches all."""
    folded = {value.casefold() for value in expected}
    return not folded or any(value.casefold() in folded for value in values)


def _with_series(versions: Iterable[str]) -> Iterator[str]:
    """Yield versions and the series that they belong to: 3, 3.10 and 3.10.1 for the last one."""
    for version in versions:
        yield from accumulate(version.split("."), "{}.{}".format)


def _has_part(parts: Collection[str], people: Iterable[Author]) -> bool:
    """Return whether one of *parts* is in the name or the handle of one of *people*."""
    names = [f"{person.name}\n@{person.handle or ''}".casefold() for person in people]
    return not parts or any(part.casefold() in name for part in parts for name in names)


# Several proposals -------------------------------------------------------------------------


def _plain(_status: str | None, text: str) -> str:
    return text


def as_table(
    entries: Sequence[CatalogEntry], *, has_types: bool = True, paint: Paint = _plain
) -> str:
    """Return a line for each proposal: number, status, type, title and, if it is gone, since when.

    :param has_types: whether the community has types
    """
    rows = [
        (
            str(e.number),
            safe(e.status or "?"),
            *((safe(e.type or "?"),) if has_types else ()),
            safe(e.title or "?", MAX_TITLE_LENGTH) + _removal(e),
        )
        for e in entries
    ]

    def style(row: int, column: int, text: str) -> str:
        return paint(entries[row].status, text) if column == STATUS_COLUMN else text

    return "".join(f"{line}\n" for line in align(rows, right={0}, style=style))


def _removal(entry: CatalogEntry) -> str:
    return f" (removed in {safe(', '.join(entry.removed))})" if entry.removed else ""


def as_json(entries: Iterable[CatalogEntry]) -> str:
    """Return the list of the site's ``api/proposals.json``."""
    return dump_json([entry.as_json() for entry in entries])


def as_csv(entries: Sequence[CatalogEntry]) -> str:
    """Return a row for each proposal, below a heading."""
    authors = ("; ".join(author.name for author in entry.authors) for entry in entries)
    rows = (e.as_json() | {"authors": names} for e, names in zip(entries, authors, strict=True))
    return rows_as_csv(COLUMNS, rows)


def rows_as_csv(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> str:
    """Return the *columns* of *rows*, below a heading."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_csv_cell(row[name]) for name in columns])
    return out.getvalue()


def _csv_cell(value: Any) -> str:
    """Return a value as text that no spreadsheet takes for a formula.

    A title such as ``=HYPERLINK(...)`` would be evaluated; an apostrophe in front prevents it.
    """
    text = safe("" if value is None else str(value), None)
    return f"'{text}" if text.startswith(("=", "+", "-", "@")) else text


# One proposal ------------------------------------------------------------------------------


def one_as_json(entry: CatalogEntry) -> str:
    """Return the object of the site's ``api/proposals/NNNN.json``."""
    return dump_json(entry.as_json())


def one_as_text(
    entry: CatalogEntry, catalog: Catalog, process: Process, paint: Paint = _plain
) -> str:
    """Return the headers, relations, notes and abstract of a proposal."""
    fields = [*_fields(entry, catalog, process), ("File", entry.path)]
    wide = max(LABEL_WIDTH, *(len(name) + 2 for name, _value in fields))
    lines = [safe(process.label(entry.number, entry.title), None), ""]
    status = process.header_for("status")
    for name, value in fields:
        shown = safe(value, None)
        is_status = status is not None and name == status.name
        lines.append(f"{f'{name}:':<{wide}}{paint(value, shown) if is_status else shown}")
    if entry.notes:
        lines += ["", *_note_lines(entry, catalog)]
    if entry.abstract:
        lines += ["", safe(entry.abstract, 1000)]
    return "\n".join(lines) + "\n"


def _fields(entry: CatalogEntry, catalog: Catalog, process: Process) -> Iterator[tuple[str, str]]:
    """Return the name and the text of each header that the proposal has, and of its dependents."""
    for header in process.headers:
        value = entry.value(header) if header.role not in SHOWN_APART else None
        if header.kind in ("number", "numbers"):
            text = _labels(value if isinstance(value, tuple) else (value,), catalog, process)
        else:
            text = ", ".join(map(_text, value if isinstance(value, tuple) else (value,)))
        if value not in (None, (), False):
            yield header.name, text
        if header.role == "requires" and entry.required_by:
            yield "Required by", _labels(entry.required_by, catalog, process)


def _text(value: object) -> str:
    match value:
        case Author(name=name, handle=handle):
            return f"{name} (@{handle})" if handle else name
        case Resolution(date=day, url=url):
            return " ".join(str(part) for part in (day, url) if part)
        case True:
            return "yes"
    return str(value)


def _note_lines(entry: CatalogEntry, catalog: Catalog) -> Iterator[str]:
    """Return a line for each note: the framework, the stance, and the result of its snippets."""
    titles = {framework.key: framework.title for framework in catalog.frameworks}
    for note in entry.notes:
        title = titles[note.framework]
        versions = describe_versions(title, note.version or "", note.python or "")
        result = NOTE_STATES[note.state].format(versions)
        yield f"{f'{title}:':<{LABEL_WIDTH}}{note.stance or '?':<{LABEL_WIDTH}}{result}".rstrip()


def _labels(numbers: Iterable[int], catalog: Catalog, process: Process) -> str:
    """Return ``FEP 7 (Typed views), FEP 404``; a proposal that does not exist has no title."""
    entries = ((number, catalog.get(number)) for number in numbers)
    titles = ((number, entry.title if entry else None) for number, entry in entries)
    return ", ".join(
        process.label(number) + (f" ({title})" if title else "") for number, title in titles
    )
