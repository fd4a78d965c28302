"""A calendar of what is due: the ends of reviews, and the days to look at something again.

RFC 5545. A day keeps its UID when it moves, and DTSTAMP is the day of the proposal's last
commit, so that a build changes nothing that the proposals do not.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from typing import Literal

from ...process.model import Process
from ...process.schema import any_applies
from ..model import Catalog, CatalogEntry
from ..urls import CALENDAR, SiteUrls
from .feed_entries import identity

LONGEST = 75
"""Octets of a line, without its end (section 3.1)."""

Due = Literal["review_until", "review_by"]
DUE: dict[Due, str] = {
    "review_until": "the review ends",
    "review_by": "to be reviewed",
}
"""The roles of headers that say when something is due, and what that is."""

NOTHING = [
    "BEGIN:VTIMEZONE",
    "TZID:Etc/UTC",
    "BEGIN:STANDARD",
    "DTSTART:19700101T000000",
    "TZOFFSETFROM:+0000",
    "TZOFFSETTO:+0000",
    "END:STANDARD",
    "END:VTIMEZONE",
]
"""Where nothing is due: a calendar has at least one component (section 3.6)."""

_ESCAPED = {"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"}
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def files(catalog: Catalog, process: Process, addresses: SiteUrls) -> dict[str, bytes]:
    """The calendar by its path, if this community says when something is due."""
    due = any(process.header_for(role) for role in DUE)
    return {CALENDAR: calendar(catalog, process, addresses)} if due else {}


def calendar(catalog: Catalog, process: Process, addresses: SiteUrls) -> bytes:
    """Every day on which something is due."""
    rows = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//fep-tools//calendar//EN",
        f"NAME:{_text(process.plural)}",
        f"X-WR-CALNAME:{_text(process.plural)}",
    ]
    due = [row for entry in catalog.proposals for row in _events(entry, process, addresses)]
    rows += due or NOTHING
    return b"".join(map(_folded, [*rows, "END:VCALENDAR"]))


def _events(entry: CatalogEntry, process: Process, addresses: SiteUrls) -> Iterator[str]:
    """The lines of what is due of a proposal."""
    for role, day in _due(entry, process):
        yield "BEGIN:VEVENT"
        yield f"UID:{identity(process.name, entry.number, role).removeprefix('urn:uuid:')}"
        yield f"DTSTAMP:{_day(entry.changed or entry.created or day)}T000000Z"
        yield f"DTSTART;VALUE=DATE:{_day(day)}"
        yield f"SUMMARY:{_text(f'{process.label(entry.number)}: {entry.title}: {DUE[role]}')}"
        if entry.abstract:
            yield f"DESCRIPTION:{_text(entry.abstract)}"
        if page := addresses.page(entry.number):
            yield f"URL:{page}"
        yield "TRANSP:TRANSPARENT"
        yield "END:VEVENT"


def _due(entry: CatalogEntry, process: Process) -> Iterator[tuple[Due, datetime.date]]:
    """The days that a proposal has, as far as its status lets it have them."""
    for role in DUE:
        day: datetime.date | None = getattr(entry, role)
        header = process.header_for(role)
        if day and header and not any_applies(header.forbidden, entry.status, entry.type, ()):
            yield role, day


def _day(day: datetime.date) -> str:
    return day.isoformat().replace("-", "")


def _text(text: str) -> str:
    """*text* as a value (section 3.3.11); what controls something is not shown."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(_ESCAPED.get(letter, letter) for letter in _CONTROL.sub("\ufffd", lines))


def _folded(row: str) -> bytes:
    """*row* in lines of at most :data:`LONGEST` octets, no letter divided."""
    lines, line = [], b""
    for letter in row:
        octets = letter.encode()
        if len(line) + len(octets) > LONGEST:
            lines.append(line)
            line = b" "
        line += octets
    return b"\r\n".join([*lines, line]) + b"\r\n"
