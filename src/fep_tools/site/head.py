"""What a page says of itself to machines: its description, its feed, its data.

Open Graph, JSON-LD with the words of schema.org, and links to the same in other forms. Whole
addresses are there only where the site's own is known.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape
from typing import Any

from ..catalog.exports import json_api
from ..catalog.exports.ical import DUE
from ..catalog.model import CatalogEntry
from ..catalog.urls import (
    CALENDAR,
    EVENTS,
    feed_url,
    relative,
    SiteUrls,
    status_feed_url,
    topic_feed_url,
)
from ..process.model import Process
from .content import SiteContent
from .i18n import _

LONGEST = 256
"""Characters of a description."""

_IN_SCRIPT = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})


@dataclass(frozen=True)
class PageMetadata:
    """What there is to tell of a page: *entry* if it is a proposal's, *feed* if it has its own."""

    title: str
    path: str
    entry: CatalogEntry | None = None
    feed: str = ""


class Heads:
    """The heads of the pages of an *edition*; *uri* gives the path of a page by its name."""

    def __init__(self, edition: SiteContent, where: SiteUrls, uri: Callable[[str], str]) -> None:
        self.edition = edition
        self.where = where
        self.uri = uri
        self.feeds = dict(_feeds(edition))

    def of(self, name: str, title: str) -> str:
        """The elements for the head of the page of that name, a line each."""
        entry, feed = self.edition.entry(name), self.feeds.get(name, "")
        page = PageMetadata(title, self.uri(name), entry, feed)
        return "\n".join(_elements(page, self.edition.process, self.where))


def _feeds(edition: SiteContent) -> Iterator[tuple[str, str]]:
    """The pages about which there is a feed, by name, and its path."""
    for facet, groups in edition.shared.items():
        path = {"status": status_feed_url, "topics": topic_feed_url}.get(facet.role)
        if path is not None:
            yield from ((group.page, path(group.value)) for group in groups.values())
    yield from ((page, feed_url(number)) for number, page in edition.pages.items())


def _elements(page: PageMetadata, process: Process, where: SiteUrls) -> Iterator[str]:
    entry, path = page.entry, page.path
    description = shortened(entry.abstract or "") if entry else process.summary
    if description:
        yield _meta("name", "description", description)
    yield _meta("property", "og:title", page.title)
    yield _meta("property", "og:type", "article" if entry else "website")
    yield _meta("property", "og:site_name", process.plural)
    if description:
        yield _meta("property", "og:description", description)
    if address := where.absolute(path):
        yield _meta("property", "og:url", address)
    start = f"{path}index.html" if path.endswith("/") or not path else path
    for kind, target, name in _others(page, process):
        href = escape(relative(target, start))
        yield f'<link rel="alternate" type="{kind}" href="{href}" title="{escape(name)}">'
    if entry:
        yield f'<script type="application/ld+json">{_data(entry, process, where)}</script>'


def _meta(kind: str, name: str, content: str) -> str:
    return f'<meta {kind}="{name}" content="{escape(_sound(content))}">'


def _others(page: PageMetadata, process: Process) -> Iterator[tuple[str, str, str]]:
    """The same in other forms: the kind of each, its path, and its name."""
    yield "application/atom+xml", EVENTS, _("{name}: what happens", name=process.plural)
    if any(process.header_for(role) for role in DUE):
        yield "text/calendar", CALENDAR, _("{name}: what is due", name=process.plural)
    if page.feed:
        yield "application/atom+xml", page.feed, _("{name}: what happens", name=page.title)
    if page.entry:
        yield (
            "application/json",
            json_api.proposal_path(page.entry.number),
            _("{name} as JSON", name=page.title),
        )


def _data(entry: CatalogEntry, process: Process, where: SiteUrls) -> str:
    """JSON-LD that no text in it can end, since it holds none of ``<``, ``>`` and ``&``."""
    told: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "TechArticle",
        "headline": _sound(entry.title),
        "identifier": process.label(entry.number),
        "description": shortened(entry.abstract or ""),
        "author": [{"@type": "Person", "name": author.name} for author in entry.authors],
        "keywords": list(entry.topics),
        "creativeWorkStatus": entry.status,
        "dateCreated": entry.created.isoformat() if entry.created else None,
        "dateModified": entry.changed.isoformat() if entry.changed else None,
        "url": where.page(entry.number),
    }
    return json.dumps({key: value for key, value in told.items() if value}).translate(_IN_SCRIPT)


def shortened(text: str) -> str:
    """*text* on one line, and cut between words if it is long."""
    words = " ".join(_sound(text).split())
    if len(words) <= LONGEST:
        return words
    return words[: LONGEST - 1].rsplit(" ", 1)[0] + "…"


def _sound(text: str) -> str:
    return text.encode("utf-8", "replace").decode()
