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
from ....proposals.preamble import Field, Preamble
from .._headers import header_names, MIN_SIMILARITY

MAX_DETACHED_LINES = 50
"""Lines below the headers in which detached headers are looked for."""


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


def find_detached_fields(proposal: Proposal, process: Process) -> tuple[Field, ...]:
    """Return the headers that a blank line separates from the block above.

    In this example that is ``Status``, since headers end at the first blank line::

        FEP: 7
        Title: Typed views

        Status: Draft

    The first line below the blank must be a known header that the block lacks: a sentence such
    as ``Note: this is text`` is the beginning of the text.
    """
    last = proposal.preamble.last_line
    if process.dialect != "rfc2822" or not proposal.fields:
        return ()
    start = next((n for n, text in enumerate(proposal.lines[last:], last) if text.strip()), last)
    # Blank lines in place of what is above keep the line numbers of the fields true.
    rest = "\n" * start + "\n".join(proposal.lines[start : start + MAX_DETACHED_LINES])
    fields = Preamble.parse(rest, process.dialect).fields
    names = header_names(proposal)
    missing = tuple(f for f in fields if f.name in process.header_order and f.name not in names)
    begins_with_header = missing and fields[0] == missing[0] and missing[0].first_line == start + 1
    return missing if begins_with_header else ()


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
