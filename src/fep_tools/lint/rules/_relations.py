"""Helpers for references between proposals that several families of rules use."""

from __future__ import annotations

from collections.abc import Iterator

from ...diagnostics import Related, Span
from ...process.model import Process
from ...process.schema import Role
from ...proposals.model import Corpus, Proposal
from ...proposals.relations import locate_references
from ._headers import header_span


def resolve_references(
    proposal: Proposal, role: Role, corpus: Corpus, process: Process
) -> Iterator[tuple[Proposal, Span]]:
    """Yield the other proposals that the header of *role* names and that exist."""
    for number, span in locate_references(proposal, role, process):
        other = corpus.get(number)
        if other is not None and number != proposal.number:
            yield other, span


def is_dead(proposal: Proposal, process: Process) -> bool:
    """Return whether the proposal was rejected, withdrawn or superseded."""
    status = process.status(proposal.status)
    return status is not None and status.closed


def superseded_statuses(process: Process) -> frozenset[str]:
    """Return the statuses that require a successor, such as ``Superseded``."""
    header = process.header_for("superseded_by")
    rows = header.required if header and not isinstance(header.required, bool) else ()
    return frozenset(status for row in rows for status in row.statuses)


def related_header(proposal: Proposal, role: Role, message: str) -> Related:
    """Return the header of *role* as the second location of a finding."""
    return Related(proposal.path, header_span(proposal, role), message)
