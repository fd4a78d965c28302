"""What a page says of itself to machines: its description, its feed, its data.

Open Graph, JSON-LD with the words of schema.org, and links to the same in other forms. Whole
addresses are there only where the site's own is known.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import escape
from typing import Any

from ..catalog import Entry
from ..process import Process
from ..publish import api
from ..publish.addresses import Addresses
from ..publish.addresses import CALENDAR
from ..publish.addresses import EVENTS
from ..publish.addresses import feed_of
from ..publish.addresses import relative
from ..publish.calendar import DUE

LONGEST = 256
"""Characters of a description."""

_IN_SCRIPT = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})


def elements(title: str, path: str, entry: Entry | None, process: Process, where: Addresses) -> str:
    """The elements for the head of the page at *path*, a line each."""
    return "\n".join(_elements(title, path, entry, process, where))


def _elements(
    title: str, path: str, entry: Entry | None, process: Process, where: Addresses
) -> Iterator[str]:
    description = shortened(entry.abstract or "") if entry else process.summary
    if description:
        yield _meta("name", "description", description)
    yield _meta("property", "og:title", title)
    yield _meta("property", "og:type", "article" if entry else "website")
    yield _meta("property", "og:site_name", process.plural)
    if description:
        yield _meta("property", "og:description", description)
    if address := where.absolute(path):
        yield _meta("property", "og:url", address)
    start = f"{path}index.html" if path.endswith("/") or not path else path
    for kind, target, name in _others(entry, process):
        href = escape(relative(target, start))
        yield f'<link rel="alternate" type="{kind}" href="{href}" title="{escape(name)}">'
    if entry:
        yield f'<script type="application/ld+json">{_data(entry, process, where)}</script>'


def _meta(kind: str, name: str, content: str) -> str:
    return f'<meta {kind}="{name}" content="{escape(_sound(content))}">'


def _others(entry: Entry | None, process: Process) -> Iterator[tuple[str, str, str]]:
    """The same in other forms: the kind of each, its path, and its name."""
    yield "application/atom+xml", EVENTS, f"{process.plural}: what happens"
    if any(process.role(role) for role in DUE):
        yield "text/calendar", CALENDAR, f"{process.plural}: what is due"
    if entry:
        label = process.label(entry.number)
        yield "application/atom+xml", feed_of(entry.number), f"{label}: what happens"
        yield "application/json", api.one(entry.number), f"{label} as JSON"


def _data(entry: Entry, process: Process, where: Addresses) -> str:
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
