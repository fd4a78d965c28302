"""Entries of feeds: events, each with an id that never changes.

The id is a UUID made from what the event *is*: its commit (or, for a declared event, its date
and link), its values, and the number that the proposal had then. It does not depend on the
build or the URL of the site. A feed that moves to another host does not show its old entries as
new ones, as it would if ids were URLs (RFC 4287, section 4.2.6).
"""

from __future__ import annotations

import datetime
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID, uuid5

from ..._numbers import NUMBER
from ...history.model import Event
from ...process.model import Process
from ..model import CatalogEntry

_NAMESPACE = UUID("5b1c6bb2-6f0f-5d0c-9b7e-0d5a6a1f2c43")
"""A random number. A change of it would change all ids."""


@dataclass(frozen=True)
class FeedEntry:
    """An event of a proposal with a known date.

    :param index: The position of the event in the proposal's history.
    """

    entry: CatalogEntry
    event: Event
    date: datetime.date
    index: int
    id: str


def stable_id(*parts: str | int | None) -> str:
    """Return the same ``urn:uuid:`` for the same *parts*, in every build."""
    return uuid5(_NAMESPACE, json.dumps(parts)).urn


def feed_entries(entries: Iterable[CatalogEntry], process: Process) -> list[FeedEntry]:
    """Return all events with a known date, latest first."""
    found = [each for entry in entries for each in _entries_of(entry, process)]
    return sorted(found, key=lambda each: (each.date, each.entry.number, each.index), reverse=True)


def _entries_of(entry: CatalogEntry, process: Process) -> Iterator[FeedEntry]:
    occurrences: Counter[str] = Counter()
    numbers = _numbers_at_events(entry)
    for index, (number, event) in enumerate(zip(numbers, entry.history, strict=True)):
        source = event.commit or f"{event.date} {event.link}"
        id_ = stable_id(process.acronym, number, source, event.kind, event.before, event.after)
        # One merge commit can contain the same change twice: Draft, Review, Draft, Review.
        occurrences[id_] += 1
        if occurrences[id_] > 1:
            id_ = stable_id(id_, occurrences[id_])
        if event.date is not None:
            yield FeedEntry(entry, event, event.date, index, id_)


def _numbers_at_events(entry: CatalogEntry) -> list[int]:
    """Return the number that the proposal had at each of its events.

    The history is read backwards from the current number. A proposal 11 whose history is
    (status, number 99 -> 11, status) had the numbers 99, 11 and 11.
    """
    numbers: list[int] = []
    number = entry.number
    for event in reversed(entry.history):
        numbers.append(number)
        if event.kind == "number":
            number = parse_number(event.before) or number
    return numbers[::-1]


def parse_number(text: str | None) -> int | None:
    """Return the number that a header had; ``None`` for placeholders such as ``XXX``."""
    return int(text) if text and re.fullmatch(NUMBER, text) else None
