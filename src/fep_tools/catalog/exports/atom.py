"""Atom feeds (RFC 4287) of all proposals, of each status, of each topic and of each proposal.

The feed of one proposal has all its events. The others have the latest status changes. The
time of an entry is the day of the event at midnight UTC, never the time of a build.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree

from ...process.model import Process
from ...proposals.fields import is_url
from ..groups import values_with_a_page
from ..model import Catalog
from ..urls import EVENTS, feed_url, SiteUrls, status_feed_url, topic_feed_url
from ._xml import add, to_bytes
from .feed_entries import feed_entries, FeedEntry, stable_id

MAX_ENTRIES = 100
"""Entries in a feed of several proposals."""

NAMESPACE = "http://www.w3.org/2005/Atom"
EPOCH = datetime.date(1970, 1, 1)
"""``updated`` of a feed without entries; the element is required."""

AtomFeed = tuple[str, str, Sequence[FeedEntry]]
"""Path, title and entries."""


@dataclass(frozen=True)
class AtomEntry:
    """An entry of a feed.

    :param number: The number of the proposal that it is about.
    :param related: A URL, such as that of a decision.
    """

    id: str
    title: str
    date: datetime.date
    number: int
    content: str
    author: str | None = None
    related: str | None = None
    terms: tuple[str, ...] = ()


def feed(
    path: str, title: str, entries: Sequence[AtomEntry], process: Process, urls: SiteUrls
) -> bytes:
    """Return a feed.

    :param path: Its path on the site, or another name that it keeps.
    :param entries: The latest first.
    """
    root = ElementTree.Element("feed", xmlns=NAMESPACE)
    add(root, "id", stable_id(process.name, path))
    add(root, "title", title)
    add(root, "updated", _timestamp(entries[0].date if entries else EPOCH))
    add(add(root, "author"), "name", process.plural)
    if path.endswith(".atom") and (own_url := urls.absolute(path)):
        add(root, "link", rel="self", type="application/atom+xml", href=own_url)
    if urls.has_site:
        add(root, "link", rel="alternate", type="text/html", href=urls.link("", path))
    for entry in entries:
        root.append(_element(entry, path, urls))
    return to_bytes(root)


def _element(entry: AtomEntry, feed_path: str, urls: SiteUrls) -> ElementTree.Element:
    element = ElementTree.Element("entry")
    add(element, "id", entry.id)
    add(element, "title", entry.title)
    add(element, "updated", _timestamp(entry.date))
    if entry.author:
        add(add(element, "author"), "name", entry.author)
    page = urls.pages.get(entry.number)
    if page is not None:
        href = urls.page(entry.number) or urls.link(page, feed_path)
        add(element, "link", rel="alternate", type="text/html", href=href)
    if entry.related:
        add(element, "link", rel="related", href=entry.related)
    for term in entry.terms:
        add(element, "category", term=term)
    add(element, "content", entry.content)
    return element


def files(catalog: Catalog, process: Process, urls: SiteUrls) -> dict[str, bytes]:
    """Return every feed by its path."""
    entries = feed_entries(catalog.proposals, process)
    writer = _FeedWriter(process, urls)
    return {
        path: writer.feed(path, title, shown)
        for path, title, shown in (
            *_shared_feeds(catalog, process, _status_changes(entries)),
            *_proposal_feeds(catalog, process, entries),
        )
    }


def events(catalog: Catalog, process: Process, urls: SiteUrls) -> bytes:
    """Return the feed of all proposals."""
    entries = _status_changes(feed_entries(catalog.proposals, process))
    return _FeedWriter(process, urls).feed(EVENTS, process.plural, entries[:MAX_ENTRIES])


def _status_changes(entries: Iterable[FeedEntry]) -> list[FeedEntry]:
    """Return the changes of statuses, and the arrival of proposals that never had a status."""
    return [each for each in entries if each.event.kind == "status" or _is_arrival(each)]


def _is_arrival(entry: FeedEntry) -> bool:
    return not entry.index and all(event.kind != "status" for event in entry.entry.history)


def _shared_feeds(
    catalog: Catalog, process: Process, changes: Sequence[FeedEntry]
) -> Iterator[AtomFeed]:
    """Return the feeds of several proposals: of all, of each status and of each topic."""
    yield EVENTS, process.plural, changes[:MAX_ENTRIES]
    for status in process.statuses:
        entries = [each for each in changes if _changes_to(status.name, each, process)]
        title = f"{process.plural}: {status.name}"
        yield status_feed_url(status.name), title, entries[:MAX_ENTRIES]
    topics = _topics(catalog)
    by_topic: dict[str, list[FeedEntry]] = {path: [] for path in topics}
    for each in changes:
        for path in set(map(topic_feed_url, each.entry.topics)) & by_topic.keys():
            by_topic[path].append(each)
    for path, topic in topics.items():
        yield path, f"{process.plural}: {topic}", by_topic[path][:MAX_ENTRIES]


def _proposal_feeds(
    catalog: Catalog, process: Process, entries: Iterable[FeedEntry]
) -> Iterator[AtomFeed]:
    by_number: dict[int, list[FeedEntry]] = {entry.number: [] for entry in catalog.proposals}
    for each in entries:
        by_number[each.entry.number].append(each)
    for entry in catalog.proposals:
        title = process.label(entry.number, entry.title)
        yield feed_url(entry.number), title, by_number[entry.number]


def _topics(catalog: Catalog) -> dict[str, str]:
    """Return the topics that have a page, by the path of their feed.

    ``core`` and ``Core`` have one feed; its title is the spelling that sorts first.
    """
    topics = sorted(values_with_a_page(catalog, lambda entry: entry.topics), reverse=True)
    return {topic_feed_url(topic): topic for topic in topics}


def _changes_to(status: str, entry: FeedEntry, process: Process) -> bool:
    """Return whether the event gave the proposal *status*, also by a former name."""
    if entry.event.kind != "status":
        return False
    after = process.resolve_status(entry.event.after or "")
    return after is not None and after.name == status


class _FeedWriter:
    def __init__(self, process: Process, urls: SiteUrls) -> None:
        self.process = process
        self.urls = urls

    def feed(self, path: str, title: str, entries: Sequence[FeedEntry]) -> bytes:
        """Return the feed of events that the site has at *path*."""
        return feed(path, title, list(map(self._entry, entries)), self.process, self.urls)

    def _entry(self, entry: FeedEntry) -> AtomEntry:
        event, proposal = entry.event, entry.entry
        return AtomEntry(
            id=entry.id,
            title=self._title(entry),
            date=entry.date,
            number=proposal.number,
            author=event.author,
            related=event.link if event.link and is_url(event.link) else None,
            terms=tuple(filter(None, (proposal.status, proposal.type, *proposal.topics))),
            content=self._content(entry),
        )

    def _content(self, entry: FeedEntry) -> str:
        """Return the abstract; before it the reason, if the event gave the present status."""
        proposal = entry.entry
        text = proposal.abstract or self.process.label(proposal.number, proposal.title)
        if proposal.reason and _changes_to(proposal.status or "", entry, self.process):
            return f"{self.process.header_name('reason')}: {proposal.reason}\n\n{text}"
        return text

    def _title(self, entry: FeedEntry) -> str:
        """Return ``FEP 11: Blueprints: Draft → Review``, or ``...: Title: Blue → Blueprints``."""
        event = entry.event
        change = event.after or "removed"
        if event.before is not None:
            change = f"{event.before} → {change}"
        if event.kind != "status":
            header = next((h.name for h in self.process.headers if h.key == event.kind), event.kind)
            change = f"{header}: {change}"
        return f"{self.process.label(entry.entry.number, entry.entry.title)}: {change}"


def _timestamp(day: datetime.date) -> str:
    """Return midnight of a day in UTC, in the format of RFC 3339."""
    return f"{day.isoformat()}T00:00:00Z"
