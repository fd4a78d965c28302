"""The past that a proposal tells itself, since it is older than its repository."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from .model import Event, Timeline

if TYPE_CHECKING:
    from ..proposals.fields import Record
    from ..proposals.model import Proposal


def with_declared_events(proposal: Proposal, line: Timeline | None = None) -> Timeline | None:
    """The timeline of a proposal that says itself what happened; *line* is git's part.

    That comes after it. The commit that brings the file in tells nothing of its status: it was
    so before. There is none where the proposal says nothing.
    """
    records: tuple[Record, ...] = proposal.value("history") or ()
    if not records or not proposal.value("retroactive"):
        return None
    line = line or Timeline(proposal.number, proposal.path)
    events = _events(records)
    told = {event.after for event in events}
    rest = [e for e in line.events if e.kind != "status" or e.after not in told]
    return replace(line, events=(*events, *rest))


def _events(records: tuple[Record, ...]) -> list[Event]:
    """A step from each record to the next."""
    before = (None, *(record.status for record in records))
    return [
        Event("status", old, record.status, record.date, source="declared", link=record.url)
        for old, record in zip(before, records, strict=False)
    ]
