"""Helpers of rules about headers: find headers that are misspelt or out of place."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ...._text import closest_match
from ....diagnostics import Span
from ....process.model import Process
from ....process.schema import Header
from ....proposals.fields import read_entries, Record
from ....proposals.fields.headers import field_spec
from ....proposals.model import Proposal
from .._headers import MIN_SIMILARITY


def has_headers(proposal: Proposal, process: Process) -> bool:
    """Return whether at least one header is known, or similar to a known one."""
    fields = proposal.preamble.fields
    return bool(proposal.fields) or any(find_intended_header(f.name, process) for f in fields)


def find_intended_header(name: str, process: Process) -> Header | None:
    """Return the header that an unknown name stands for: by a former name, or a misspelt one."""
    if name in process.header_order:
        return None
    former = (header for header in process.headers if name in header.formerly)
    close = closest_match(name, process.header_order, MIN_SIMILARITY)
    return next(former, None) or (process.header(close) if close else None)


def locate_dates(
    proposal: Proposal, header: Header, process: Process
) -> Iterator[tuple[date, Span]]:
    """Yield the dates in *header* with their positions, as far as they can be read."""
    field = proposal.fields.get(header.key)
    if field is None or header.kind not in {"date", "record", "records"}:
        return
    for value, piece in read_entries(field.value, field_spec(header, process)):
        day = value.date if isinstance(value, Record) else value
        if isinstance(day, date):
            yield day, field.span(piece.start, piece.end)
