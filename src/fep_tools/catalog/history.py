"""The history of a proposal as it is published: without email addresses, and by status."""

from __future__ import annotations

import datetime
import json
from dataclasses import dataclass, replace
from itertools import zip_longest
from pathlib import Path
from typing import Annotated, Any, TYPE_CHECKING

from pydantic_core import core_schema

from .._text import shorten
from ..history.model import Event, Timeline
from ..history.stats import status_runs
from ..process.model import Process
from ..process.schema import Stage
from ..proposals.fields import FieldSpec, Person, read_entries, strip_emails
from ..proposals.fields.headers import field_spec
from ..proposals.rst.allowlist import escape_hidden

if TYPE_CHECKING:
    from pydantic import GetJsonSchemaHandler


MAX_VALUE = 2000
"""How many characters of a header's value are in an event; the longest of the PEPs has 1,246."""


class _EventAsJson:
    """Tells pydantic to keep an :class:`Event` as it is and to write it as ``fep log`` does.

    The schema of an event is therefore the one in ``log.schema.json``.
    """

    @classmethod
    def __get_pydantic_core_schema__(
        cls, _source: object, _handler: object
    ) -> core_schema.CoreSchema:
        serializer = core_schema.plain_serializer_function_ser_schema(Event.as_json)
        return core_schema.is_instance_schema(Event, serialization=serializer)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, _schema: core_schema.CoreSchema, _handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        text = Path(__file__).with_name("log.schema.json").read_bytes()
        event: dict[str, Any] = json.loads(text)["$defs"]["Event"]
        return event


PublishedEvent = Annotated[Event, _EventAsJson]


@dataclass(frozen=True, slots=True)
class Interval:
    """A period in which a proposal had one status.

    :param status: The name of the status. Former names are already resolved.
    :param stage: The stage of the status; ``None`` for a status that the process does not have.
    :param end: The day on which the next status began; ``None`` for the current status.
    """

    status: str
    stage: Stage | None
    start: datetime.date
    end: datetime.date | None = None

    @property
    def days(self) -> int | None:
        """The length in days; ``None`` for the current status.

        Dates of commits can go backwards. Such an interval has 0 days.
        """
        return max((self.end - self.start).days, 0) if self.end else None


def publish_timeline(timeline: Timeline, process: Process) -> Timeline:
    """Return *timeline* without email addresses.

    An event that changed nothing but an email address is dropped.
    """
    events = (_publish_event(event, process) for event in timeline.events)
    return replace(timeline, events=tuple(_shorten(e) for e in events if e.before != e.after))


def _shorten(event: Event) -> Event:
    """Shorten the values: a page and feeds have them once for each of a thousand changes."""
    values = event.before, event.after, event.author
    before, after, author = (value and shorten(value, MAX_VALUE) for value in values)
    return replace(event, before=before, after=after, author=author)


def _publish_event(event: Event, process: Process) -> Event:
    header = process.by_key.get(event.kind)
    if header is None or header.kind != "people":
        before, after = public_text(event.before), public_text(event.after)
    else:
        spec = field_spec(header, process)
        before, after = _names(event.before, spec), _names(event.after, spec)
    return replace(event, before=before, after=after, author=public_text(event.author))


def _names(text: str | None, spec: FieldSpec) -> str | None:
    """Return the names in a list of people; the rest of its text may hold addresses in any form."""
    if text is None:
        return None
    people = [person for person, _piece in read_entries(text, spec) if isinstance(person, Person)]
    return ", ".join(f"{p.name} (@{p.handle})" if p.handle else p.name for p in people) or "?"


def public_text(text: str | None) -> str | None:
    """Return a text without email addresses, with escapes for what no page should have."""
    return None if text is None else strip_emails(escape_hidden(text))


def find_intervals(timeline: Timeline, process: Process) -> tuple[Interval, ...]:
    """Return the statuses with the days on which they began and ended.

    A status ends when the next one begins. Statuses without a date are left out: in Draft
    (2020-01-01), Review (unknown), Final (2020-03-01), Draft lasts until 2020-03-01.
    """
    runs = [(name, start) for name, start in status_runs(timeline, process) if name and start]
    intervals = []
    for (name, start), following in zip_longest(runs, runs[1:]):
        status = process.status(name)
        end = following[1] if following else None
        intervals.append(Interval(name, status.stage if status else None, start, end))
    return tuple(intervals)
