"""Output of ``fep announce``: as text, Markdown, JSON and a feed.

The sentences are those of :func:`describe` in every format.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import Any

from ..._text import dump_json, escape_markdown, join_words, plural, safe
from ...catalog.exports.atom import AtomEntry, feed
from ...catalog.model import Author, CatalogEntry
from ...catalog.urls import SiteUrls
from ...editorial.announcements import Announcement, AnnouncementKind, CatalogSnapshot
from ...process.model import Process
from ...proposals.fields import is_url

SCHEMA_VERSION = 1

HEADINGS: dict[AnnouncementKind, str] = {
    "last_days": "Last days for comments",
    "review": "In review",
    "new": "New",
    "decided": "Decided",
    "completed": "Completed",
    "superseded": "Superseded or retired",
    "withdrawn": "Withdrawn",
    "status": "Other changes of status",
    "text": "Text changed after the decision",
    "version": "Version changed",
    "removal": "Removal changed",
    "number": "Number changed",
    "removed": "Removed from the repository",
}

EMPTY = "Nothing to announce."


def describe(announcement: Announcement, process: Process) -> str:
    """Return a predicate of the proposal, such as ``is now Accepted (before: Review)``."""
    return safe(_SENTENCES[announcement.kind](announcement, process), None)


def _new(announcement: Announcement, _process: Process) -> str:
    entry = announcement.entry
    kind = ", ".join(filter(None, (entry.type, entry.status)))
    names = _names(entry.authors)
    return f"is new{f' ({kind})' if kind else ''}{f', by {names}' if names else ''}"


def _status(announcement: Announcement, process: Process) -> str:
    *between, last = announcement.after
    former = ", then ".join(filter(None, (announcement.before, *between)))
    sentence = f"is now {last}{f' (before: {former})' if former else ''}"
    entry, status = announcement.entry, process.status(last)
    if entry.superseded_by and status and status.closed:
        replaced = join_words(map(process.label, entry.superseded_by), "and")
        sentence += f", superseded by {replaced}"
    elif entry.versions and status and status.stage in ("agreed", "done"):
        sentence += f", for version {join_words(entry.versions, 'and')}"
    return sentence


def _review(announcement: Announcement, process: Process) -> str:
    until = announcement.entry.review_until
    if announcement.after[-1] == (until.isoformat() if until else None):
        before = f" (before: {announcement.before})" if announcement.before else ""
        return f"is open for comments until {until}{before}"
    return _status(announcement, process) + (f", open for comments until {until}" if until else "")


def _last_days(announcement: Announcement, _process: Process) -> str:
    return f"is open for comments until {announcement.after[0]}"


def _superseded(announcement: Announcement, process: Process) -> str:
    if announcement.before:
        return _status(announcement, process)
    return f"is superseded by {join_words(announcement.after, 'and')}"


def _text(announcement: Announcement, _process: Process) -> str:
    counts = zip(announcement.words or (), ("removed", "added"), strict=False)
    changes = [f"{plural(count, 'word')} {what}" for count, what in counts if count]
    return f"was edited after the decision: {', '.join(changes) or 'words in another order'}"


def _version(announcement: Announcement, _process: Process) -> str:
    return _changed("is for version", "is for no version", announcement)


def _removal(announcement: Announcement, _process: Process) -> str:
    return _changed("is removed again in version", "is not removed again", announcement)


def _changed(some: str, none: str, announcement: Announcement) -> str:
    values = f"{some} {join_words(announcement.after, 'and')}" if announcement.after else none
    return f"{values} (before: {announcement.before or 'none'})"


def _number(announcement: Announcement, process: Process) -> str:
    return f"was {process.label(int(announcement.before or 0))} before"


def _removed(_announcement: Announcement, _process: Process) -> str:
    return "was removed"


_SENTENCES: dict[AnnouncementKind, Callable[[Announcement, Process], str]] = {
    "last_days": _last_days,
    "review": _review,
    "new": _new,
    "decided": _status,
    "completed": _status,
    "superseded": _superseded,
    "withdrawn": _status,
    "status": _status,
    "text": _text,
    "version": _version,
    "removal": _removal,
    "number": _number,
    "removed": _removed,
}


def _names(authors: Sequence[Author]) -> str:
    return join_words((author.name for author in authors), "and") if authors else ""


def evidence(announcement: Announcement) -> tuple[str, str] | None:
    """Return the word for a link that readers need, and its URL, if there is one."""
    entry = announcement.entry
    word, url = None, None
    if announcement.kind in ("last_days", "review", "new"):
        word, url = "Discussion", entry.discussion
    elif announcement.kind in ("decided", "withdrawn", "superseded") and entry.resolution:
        word, url = "Decision", entry.resolution.url
    return (word, url) if word and url and is_url(url) else None


def reason_of(announcement: Announcement, process: Process) -> str | None:
    """Return why a proposal was given up or put off, if that is announced and it says so."""
    is_given_up = announcement.kind in ("decided", "withdrawn", "superseded", "status")
    reason = announcement.entry.reason if is_given_up else None
    return f"{process.header_name('reason')}: {reason}" if reason else None


def _by_kind(announcements: Sequence[Announcement]) -> Iterator[tuple[str, list[Announcement]]]:
    for kind, some in groupby(announcements, lambda each: each.kind):
        yield HEADINGS[kind], list(some)


def _range(before: CatalogSnapshot, after: CatalogSnapshot) -> str:
    return f"{before.date} to {after.date}"


def as_text(
    announcements: Sequence[Announcement], before: CatalogSnapshot, after: CatalogSnapshot
) -> str:
    """Return the announcements for a terminal."""
    process = after.process
    lines = [f"{process.plural}, {_range(before, after)}"]
    for heading, some in _by_kind(announcements):
        lines += ["", heading]
        for each in some:
            title = safe(process.label(each.entry.number, each.entry.title))
            lines += [f"  {title}", f"    {describe(each, process)}"]
            if reason := reason_of(each, process):
                lines.append(f"    {safe(reason, None)}")
            if link := evidence(each):
                lines.append(f"    {link[0]}: {safe(link[1], None)}")
    return "\n".join(lines if announcements else [*lines, "", EMPTY]) + "\n"


def as_markdown(
    announcements: Sequence[Announcement], before: CatalogSnapshot, after: CatalogSnapshot
) -> str:
    """Return the announcements as a page in Markdown."""
    process = after.process
    lines = [f"# {escape_markdown(process.plural)}, {_range(before, after)}"]
    for heading, some in _by_kind(announcements):
        lines += ["", f"## {heading}", ""]
        lines += _with_blank_lines([_markdown_item(each, process) for each in some])
    return "\n".join(lines if announcements else [*lines, "", EMPTY]) + "\n"


def _with_blank_lines(items: Sequence[str]) -> list[str]:
    """Return the items of a list; if one has several paragraphs, with blank lines in between."""
    separator = "\n\n" if any("\n\n" in item for item in items) else "\n"
    return separator.join(items).split("\n")


def _markdown_item(announcement: Announcement, process: Process) -> str:
    entry = announcement.entry
    title = escape_markdown(process.label(entry.number, entry.title), None)
    item = f"- **{_markdown_link(title, entry.url)}** "
    item += f"{escape_markdown(describe(announcement, process), None)}."
    if reason := reason_of(announcement, process):
        item += f" {escape_markdown(reason, None)}"
    if link := evidence(announcement):
        item += f" {_markdown_link(link[0], link[1])}."
    if announcement.kind in ("new", "review") and entry.abstract:
        item += f"\n\n  {escape_markdown(' '.join(entry.abstract.split()), None)}"
    return item


def _markdown_link(text: str, url: str | None) -> str:
    # In <...>, parentheses in a URL do not end the link (CommonMark, section 6.3).
    return f"[{text}](<{safe(url, None)}>)" if url else text


def as_json(
    announcements: Sequence[Announcement], before: CatalogSnapshot, after: CatalogSnapshot
) -> str:
    """Return the announcements as ``announce.schema.json`` describes."""
    process = after.process
    document = {
        "schema_version": SCHEMA_VERSION,
        "process": process.acronym,
        "base": {"commit": before.catalog.commit, "date": before.date.isoformat()},
        "head": {"commit": after.catalog.commit, "date": after.date.isoformat()},
        "entries": [_json_entry(each, process) for each in announcements],
    }
    return dump_json(document)


def _json_entry(announcement: Announcement, process: Process) -> dict[str, Any]:
    entry, words = announcement.entry, announcement.words
    published = entry.as_json()
    return {
        "id": announcement.stable_id(process),
        "kind": announcement.kind,
        **{key: published[key] for key in ("number", "title", "url", "status")},
        "date": announcement.date.isoformat(),
        "commit": announcement.commit,
        "before": announcement.before,
        "after": list(announcement.after),
        "removed_words": words[0] if words else None,
        "added_words": words[1] if words else None,
        **{
            key: published[key] for key in ("review_until", "resolution", "superseded_by", "reason")
        },
        "sentence": describe(announcement, process),
    }


def as_atom(announcements: Sequence[Announcement], process: Process, urls: SiteUrls) -> str:
    """Return the announcements as a feed. It has the same id for every range of commits."""
    entries = [_atom_entry(each, process) for each in announcements]
    entries.sort(key=lambda entry: entry.date, reverse=True)
    title = f"{process.plural}: announcements"
    return feed("announcements", title, entries, process, urls).decode()


def _atom_entry(announcement: Announcement, process: Process) -> AtomEntry:
    entry: CatalogEntry = announcement.entry
    sentence = describe(announcement, process)
    link, text = evidence(announcement), entry.abstract or sentence
    return AtomEntry(
        id=announcement.stable_id(process),
        title=f"{process.label(entry.number, entry.title)} {sentence}",
        date=announcement.date,
        number=entry.number,
        related=link[1] if link else None,
        terms=(announcement.kind,),
        content="\n\n".join(filter(None, (reason_of(announcement, process), text))),
    )
