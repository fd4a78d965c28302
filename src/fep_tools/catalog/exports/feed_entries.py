"""What happened, as feeds tell it: each event with an identity that it keeps for ever.

The identity is a UUID made of what the event *is*: its commit, or for a declared event its day
and its evidence, with the number that the proposal had then. It says nothing of the build, nor
of where the site is: a feed that moves to another host does not begin anew for its readers, as
it would with identities that are addresses (RFC 4287, section 4.2.6).
"""

from __future__ import annotations

import datetime
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID, uuid5

from ...history.model import Event
from ...process.model import Process
from ..model import CatalogEntry

_NAMESPACE = UUID("5b1c6bb2-6f0f-5d0c-9b7e-0d5a6a1f2c43")
"""A number without a meaning; with another one, all identities would be others."""


@dataclass(frozen=True)
class FeedEntry:
    """An *event* of the proposal *entry*, on a known *day*."""

    entry: CatalogEntry
    event: Event
    day: datetime.date
    place: int
    """Which of the proposal's events it is."""
    id: str


def identity(*parts: str | int | None) -> str:
    """The URN that stands for *parts*."""
    return uuid5(_NAMESPACE, json.dumps(parts)).urn


def feed_entries(entries: Iterable[CatalogEntry], process: Process) -> list[FeedEntry]:
    """Every event of *entries* whose day is known, latest first."""
    found = [happening for entry in entries for happening in _of(entry, process)]
    return sorted(found, key=lambda h: (h.day, h.entry.number, h.place), reverse=True)


def _of(entry: CatalogEntry, process: Process) -> Iterator[FeedEntry]:
    seen: Counter[str] = Counter()
    for place, (number, event) in enumerate(zip(_numbers(entry), entry.history, strict=True)):
        told = (event.kind, event.before, event.after)
        when = event.commit or f"{event.date} {event.link}"
        made = identity(process.acronym, number, when, *told)
        seen[made] += 1
        if seen[made] > 1:
            made = identity(made, seen[made])
        if event.date is not None:
            yield FeedEntry(entry, event, event.date, place, made)


def _numbers(entry: CatalogEntry) -> list[int]:
    """The number that the proposal had after each of its events, from what changed it later."""
    numbers: list[int] = []
    number = entry.number
    for event in reversed(entry.history):
        numbers.append(number)
        if event.kind == "number":
            number = written_number(event.before) or number
    return numbers[::-1]


def written_number(text: str | None) -> int | None:
    """The number that a header says, if it is one."""
    return int(text) if text and re.fullmatch(r"[0-9]{1,4}", text) else None
