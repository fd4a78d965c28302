"""Output of ``fep release``: a list, JSON, and the skeleton of a page "What's new"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any, TYPE_CHECKING

from ..._text import dump_json, escape_markdown, escape_surrogates, join_words, safe, width
from ...editorial.releases import ReleaseEntry, ReleaseState

if TYPE_CHECKING:
    from ...catalog.model import CatalogEntry
    from ...editorial.changelog import LogComparison
    from ...process.model import Process

SCHEMA_VERSION = 1

HEADINGS: dict[ReleaseState, str] = {
    "forgotten": "Forgotten",
    "blocked": "Blocked",
    "planned": "Planned",
    "accepted": "Accepted",
    "final": "Final",
    "dropped": "Not any more",
}

PUBLISHED: tuple[ReleaseState, ...] = ("accepted", "final")
"""The states of proposals that a page "What's new" describes."""


def as_text(
    entries: Sequence[ReleaseEntry],
    process: Process,
    version: str,
    log: LogComparison | None,
) -> str:
    """Return the proposals by state, and the comparison with a change log."""
    lines = [f"{process.header_name('version')} {safe(version)}"]
    for state, some in groupby(entries, lambda each: each.state):
        lines += ["", HEADINGS[state]]
        for each in some:
            lines.append(f"  {_label(each.entry, process)}")
            lines += [f"    {safe(reason, None)}" for reason in each.reasons]
    if not entries:
        lines += ["", f"No {process.acronym} is for this version."]
    if log:
        lines += ["", *_log_lines(log, process)]
    return "\n".join(lines) + "\n"


def _log_lines(log: LogComparison, process: Process) -> Iterator[str]:
    yield f"Change log, {safe(log.title)}: {len(log.agreed)} mentioned"
    for entry, versions in log.missing:
        yield f"  {_label(entry, process)}"
        where = f"; {join_words(versions, 'and')} does" if versions else ""
        yield f"    this section does not mention it{safe(where)}"
    for entry in log.unexpected:
        yield f"  {_label(entry, process)}"
        other = f"for {', '.join(entry.versions)}" if entry.versions else "without a version"
        yield f"    is mentioned, but is {safe(other)}"


def _label(entry: CatalogEntry, process: Process) -> str:
    return safe(process.label(entry.number, entry.title))


def as_json(
    entries: Sequence[ReleaseEntry],
    process: Process,
    version: str,
    log: LogComparison | None,
) -> str:
    """Return the proposals as ``release.schema.json`` describes."""
    document = {
        "schema_version": SCHEMA_VERSION,
        "process": process.acronym,
        "version": version,
        "proposals": [_json_entry(each) for each in entries],
        "changelog": _json_log(log) if log else None,
    }
    return dump_json(document)


def _json_entry(each: ReleaseEntry) -> dict[str, Any]:
    published = each.entry.as_json()
    keys = ("number", "title", "url", "status", "versions", "removed", "requires")
    state = {"state": each.state, "reasons": list(each.reasons)}
    return {**{key: published[key] for key in keys}, **state}


def _json_log(log: LogComparison) -> dict[str, Any]:
    return {
        "section": escape_surrogates(log.title),
        "agreed": [entry.number for entry in log.agreed],
        "missing": [
            {"number": entry.number, "mentioned_in": list(versions)}
            for entry, versions in log.missing
        ],
        "unexpected": [
            {"number": entry.number, "versions": list(entry.versions)} for entry in log.unexpected
        ],
    }


def as_markdown(entries: Sequence[ReleaseEntry], process: Process, version: str) -> str:
    """Return the skeleton of a page "What's new" in Markdown."""
    lines = [f"# What's new in {escape_markdown(version)}"]
    for entry in _published(entries):
        label = process.label(entry.number)
        link = f"[{label}](<{safe(entry.url, None)}>)" if entry.url else label
        abstract = escape_markdown(_abstract(entry), None)
        lines += ["", f"## {escape_markdown(_title(entry, process))}", ""]
        lines += [*([abstract, ""] if abstract else []), f"See {link}."]
    return "\n".join(lines) + "\n"


def as_rst(entries: Sequence[ReleaseEntry], process: Process, version: str) -> str:
    """Return the skeleton of a page "What's new" in reStructuredText."""
    from ...editing.rst_inline import escape

    lines = _rst_heading(f"What's new in {escape(safe(version))}", "=")
    for entry in _published(entries):
        label = process.label(entry.number)
        link = f"`{label} <{safe(entry.url, None)}>`__" if entry.url else label
        abstract = escape(_abstract(entry))
        lines += ["", *_rst_heading(escape(_title(entry, process)), "-"), ""]
        lines += [*([abstract, ""] if abstract else []), f"See {link}."]
    return "\n".join(lines) + "\n"


def _published(entries: Sequence[ReleaseEntry]) -> list[CatalogEntry]:
    found = [each.entry for each in entries if each.state in PUBLISHED]
    return sorted(found, key=lambda entry: entry.number)


def _title(entry: CatalogEntry, process: Process) -> str:
    return safe(entry.title or process.label(entry.number), None)


def _abstract(entry: CatalogEntry) -> str:
    return safe(" ".join((entry.abstract or "").split()), None)


def _rst_heading(title: str, sign: str) -> list[str]:
    return [title, sign * width(title)]
