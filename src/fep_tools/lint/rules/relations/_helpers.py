"""What rules about relations share: which proposals a header names, where, and what to add."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ....diagnostics import Edit, Related, Span
from ....process.model import Process
from ....process.schema import Role, Status
from ....proposals.fields import pieces
from ....proposals.model import Corpus, Proposal
from ..headers._helpers import ending, line

RELATIONS: tuple[Role, ...] = ("requires", "replaces", "superseded_by")
"""The roles of headers that name other proposals."""


def named(proposal: Proposal, role: Role) -> Iterator[tuple[int, Span]]:
    """The proposals that the header of *role* names, each with its place."""
    if field := proposal.field(role):
        spans = (field.span(piece.start, piece.end) for piece in pieces(field.value))
        yield from zip(proposal.numbers(role), spans, strict=False)


def others(proposal: Proposal, role: Role, corpus: Corpus) -> Iterator[tuple[Proposal, Span]]:
    """Those of them that exist and are not *proposal* itself."""
    for number, span in named(proposal, role):
        other = corpus.get(number)
        if other is not None and number != proposal.number:
            yield other, span


def status_of(proposal: Proposal, process: Process) -> Status | None:
    """The status of *proposal*, as the process has it."""
    return process.status(proposal.status)


def is_dead(proposal: Proposal, process: Process) -> bool:
    """Whether *proposal* came to nothing, or was replaced."""
    status = status_of(proposal, process)
    return status is not None and status.closed


def in_force(proposal: Proposal, process: Process) -> bool:
    """Whether *proposal* has come as far as a proposal can."""
    status = status_of(proposal, process)
    return status is not None and status.rank == max(known.rank for known in process.statuses)


def replaced_statuses(process: Process) -> frozenset[str]:
    """The statuses that say by themselves that a proposal was replaced."""
    header = process.header_for("superseded_by")
    rows = header.required if header and not isinstance(header.required, bool) else ()
    return frozenset(status for row in rows for status in row.statuses)


def told_at(proposal: Proposal, role: Role, message: str) -> Related:
    """The header of *role* as the other end of a finding."""
    field = proposal.field(role)
    return Related(proposal.path, field.span() if field else Span(), message)


def place_of(proposal: Proposal, role: Role) -> Span:
    """The header of *role*, or what stands nearest to where it would be."""
    field = proposal.field(role) or proposal.field("status") or proposal.field("number")
    return field.span() if field else Span()


def adding(
    proposal: Proposal, process: Process, role: Role, numbers: Iterable[int]
) -> tuple[Edit, ...]:
    """How to add *numbers* to the header of *role*, which may not be there yet."""
    header = process.header_for(role)
    if header is None or role in proposal.mistakes or not proposal.preamble.fields:
        return ()
    wanted = list(dict.fromkeys((*proposal.numbers(role), *numbers)))
    written = (f"{n:04}" if header.leading_zeros else str(n) for n in sorted(wanted))
    text = ", ".join(written)
    if field := proposal.field(role):
        return (Edit(field.span(), text),)
    before = [
        field
        for field in proposal.preamble.fields
        if process.header_order.get(field.name, len(process.header_order))
        < process.header_order[header.name]
    ]
    last = max(before or proposal.preamble.fields[:1], key=lambda field: field.last_line).last_line
    end = Span(last, len(proposal.lines[last - 1]) + 1)
    return (Edit(end, f"{ending(proposal)}{line(header.name, text, process)}"),)
