"""Helpers of rules about relations: statuses that end one, and edits that complete one."""

from __future__ import annotations

from collections.abc import Iterable

from ....diagnostics import Edit, Span
from ....process.model import Process
from ....process.schema import Role
from ....proposals.model import Proposal
from .._headers import format_header, header_span
from .._lines import line_ending


def is_final(proposal: Proposal, process: Process) -> bool:
    """Return whether the proposal has the highest rank that a status can have."""
    status = process.status(proposal.status)
    return status is not None and status.rank == max(s.rank for s in process.statuses)


def nearest_span(proposal: Proposal, role: Role) -> Span:
    """Return where the header of *role* is, or a header that every proposal has."""
    return header_span(proposal, role, "status", "number")


def edits_to_add(
    proposal: Proposal, process: Process, role: Role, numbers: Iterable[int]
) -> tuple[Edit, ...]:
    """Return the edits that add *numbers* to the header of *role*.

    ``Replaces: 4`` becomes ``Replaces: 4, 5``. A header that is missing is inserted after the
    last header that precedes it in the order of the process.
    """
    header = process.header_for(role)
    if header is None or role in proposal.mistakes or not proposal.preamble.fields:
        return ()
    all_numbers = sorted({*proposal.numbers(role), *numbers})
    text = ", ".join(f"{n:04}" if header.leading_zeros else str(n) for n in all_numbers)
    field = proposal.field(role)
    if field and field.value and header.is_free_list:
        length = len(field.value)
        more = "".join(f", {number}" for number in sorted({*numbers} - {*proposal.numbers(role)}))
        return (Edit(field.span(length, length), more),)
    if field:
        return (Edit(field.span(), text),)
    order, fields = process.header_order, proposal.preamble.fields
    earlier = [f for f in fields if order.get(f.name, len(order)) < order[header.name]]
    last = max(earlier or fields[:1], key=lambda field: field.last_line).last_line
    end = Span(last, len(proposal.lines[last - 1]) + 1)
    return (Edit(end, f"{line_ending(proposal)}{format_header(header.name, text, process)}"),)
