"""Feeds of events: of all proposals, of a status, of a topic, of one proposal (RFC 4287).

``updated`` is the day of the event, at its first second in UTC, and never the time of a build.
A feed of many proposals tells of changes of status, the latest :data:`MOST`; the feed of one
tells of everything that ever changed in its headers.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from xml.etree import ElementTree

from ...process.model import Process
from ...proposals.fields import is_url
from ..model import Catalog, CatalogEntry
from ..urls import EVENTS, feed_url, SiteUrls, status_feed_url, topic_feed_url
from ._xml import add, document
from .feed_entries import feed_entries, FeedEntry, identity

MOST = 100
"""Events in a feed of many proposals."""

NAMESPACE = "http://www.w3.org/2005/Atom"
BEGINNING = datetime.date(1970, 1, 1)
"""When a feed was updated in which nothing has happened."""


Feed = tuple[str, str, Sequence[FeedEntry]]
"""Its path, its title, and what it tells of."""


def files(catalog: Catalog, process: Process, addresses: SiteUrls) -> dict[str, bytes]:
    """Every feed, by path."""
    told = feed_entries(catalog.proposals, process)
    feeds = [*_of_many(catalog, process, _steps(told)), *_of_each(catalog, process, told)]
    made = _Feeds(process, addresses)
    return {path: made.feed(path, title, shown) for path, title, shown in feeds}


def events(catalog: Catalog, process: Process, addresses: SiteUrls) -> bytes:
    """The feed of all proposals, alone."""
    steps = _steps(feed_entries(catalog.proposals, process))
    return _Feeds(process, addresses).feed(EVENTS, process.plural, steps[:MOST])


def _steps(told: Iterable[FeedEntry]) -> list[FeedEntry]:
    """Those of *told* that are about a status."""
    return [happening for happening in told if happening.event.kind == "status"]


def _of_many(catalog: Catalog, process: Process, steps: list[FeedEntry]) -> Iterator[Feed]:
    """The feeds of all proposals, of every status and of every topic."""
    yield EVENTS, process.plural, steps[:MOST]
    for status in process.statuses:
        there = [told for told in steps if _is(status.name, told, process)]
        yield status_feed_url(status.name), f"{process.plural}: {status.name}", there[:MOST]
    for path, topic in _topics(catalog).items():
        there = [told for told in steps if path in map(topic_feed_url, told.entry.topics)]
        yield path, f"{process.plural}: {topic}", there[:MOST]


def _of_each(catalog: Catalog, process: Process, told: list[FeedEntry]) -> Iterator[Feed]:
    """The feed of each proposal, with everything that happened to it."""
    own: dict[int, list[FeedEntry]] = {entry.number: [] for entry in catalog.proposals}
    for happening in told:
        own[happening.entry.number].append(happening)
    for entry in catalog.proposals:
        title = f"{process.label(entry.number)}: {entry.title}"
        yield feed_url(entry.number), title, own[entry.number]


def _topics(catalog: Catalog) -> dict[str, str]:
    """Every topic by the path of its feed."""
    topics = sorted({topic for entry in catalog.proposals for topic in entry.topics}, reverse=True)
    return {topic_feed_url(topic): topic for topic in topics}


def _is(status: str, told: FeedEntry, process: Process) -> bool:
    """Whether what happened made the proposal's status *status*, in any spelling."""
    meant = process.resolve_status(told.event.after or "")
    return meant is not None and meant.name == status


class _Feeds:
    """Feeds of one process, with links to the same pages."""

    def __init__(self, process: Process, addresses: SiteUrls) -> None:
        self.process = process
        self.addresses = addresses

    def feed(self, path: str, title: str, told: Sequence[FeedEntry]) -> bytes:
        root = ElementTree.Element("feed", xmlns=NAMESPACE)
        add(root, "id", identity(self.process.name, path))
        add(root, "title", title)
        add(root, "updated", _moment(told[0].day if told else BEGINNING))
        add(add(root, "author"), "name", self.process.plural)
        if own := self.addresses.absolute(path):
            add(root, "link", rel="self", type="application/atom+xml", href=own)
        if self.addresses.known:
            home = self.addresses.link("", path)
            add(root, "link", rel="alternate", type="text/html", href=home)
        for happening in told:
            root.append(self._entry(happening, path))
        return document(root)

    def _entry(self, told: FeedEntry, path: str) -> ElementTree.Element:
        event, entry = told.event, told.entry
        made = ElementTree.Element("entry")
        add(made, "id", told.id)
        add(made, "title", self._title(told))
        add(made, "updated", _moment(told.day))
        if event.author:
            add(add(made, "author"), "name", event.author)
        page = self.addresses.pages.get(entry.number)
        if page is not None:
            href = self.addresses.page(entry.number) or self.addresses.link(page, path)
            add(made, "link", rel="alternate", type="text/html", href=href)
        if event.link and is_url(event.link):
            add(made, "link", rel="related", href=event.link)
        for term in _terms(entry):
            add(made, "category", term=term)
        add(made, "content", entry.abstract or entry.title)
        return made

    def _title(self, told: FeedEntry) -> str:
        event = told.event
        header = next((h.name for h in self.process.headers if h.key == event.kind), event.kind)
        step = event.after or "removed"
        if event.before is not None:
            step = f"{event.before} → {step}"
        named = step if event.kind == "status" else f"{header}: {step}"
        return f"{self.process.label(told.entry.number)}: {told.entry.title}: {named}"


def _terms(entry: CatalogEntry) -> Iterable[str]:
    return filter(None, (entry.status, entry.type, *entry.topics))


def _moment(day: datetime.date) -> str:
    """The first second of a day, as RFC 3339 writes it."""
    return f"{day.isoformat()}T00:00:00Z"
