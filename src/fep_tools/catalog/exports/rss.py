"""RSS feeds of the newest proposals, which the process defines (RSS 2.0)."""

from __future__ import annotations

import datetime
from email.utils import format_datetime
from xml.etree import ElementTree

from ...process.model import Process
from ...process.schema import Feed
from ..model import Catalog, CatalogEntry
from ..urls import SiteUrls
from ._xml import add, to_bytes

ATOM = "http://www.w3.org/2005/Atom"


def files(catalog: Catalog, process: Process, urls: SiteUrls) -> dict[str, bytes]:
    """Return each feed by its path. The dates are those of proposals, never that of a build."""
    return {feed.path: _feed(feed, catalog, process, urls) for feed in process.feeds}


def _feed(feed: Feed, catalog: Catalog, process: Process, urls: SiteUrls) -> bytes:
    dated = [(entry.created, entry.number, entry) for entry in catalog.proposals if entry.created]
    newest = sorted(dated, reverse=True)[: feed.limit]
    # ElementTree writes names with a prefix as they are.
    root = ElementTree.Element("rss", {"version": "2.0", "xmlns:atom": ATOM})
    channel = add(root, "channel")
    add(channel, "title", feed.title or process.plural)
    # The process has the URLs of proposals: https://example.org/fep-{0:04}/
    home = urls.base or process.url.partition("{0")[0].rpartition("/")[0] + "/"
    add(channel, "link", home)
    add(channel, "description", feed.summary or process.summary or process.plural)
    if urls.base:
        own = urls.absolute(feed.path)
        add(channel, "atom:link", rel="self", type="application/rss+xml", href=own)
    if newest:
        add(channel, "lastBuildDate", _time(newest[0][0]))
    for day, number, entry in newest:
        _add_item(channel, entry, day, process, urls.page(number) or entry.url or "")
    return to_bytes(root)


def _add_item(
    channel: ElementTree.Element,
    entry: CatalogEntry,
    day: datetime.date,
    process: Process,
    url: str,
) -> None:
    item = add(channel, "item")
    add(item, "title", process.label(entry.number, entry.title))
    add(item, "link", url)
    add(item, "description", entry.abstract or "")
    add(item, "author", ", ".join(author.name for author in entry.authors))
    add(item, "guid", url or process.label(entry.number), isPermaLink=str(bool(url)).lower())
    add(item, "pubDate", _time(day))


def _time(day: datetime.date) -> str:
    """Return midnight of a day in UTC, in the format of RFC 822."""
    midnight = datetime.datetime(day.year, day.month, day.day, tzinfo=datetime.UTC)
    return format_datetime(midnight, usegmt=True)
