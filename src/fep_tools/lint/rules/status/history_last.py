from collections.abc import Iterator

from ....diagnostics import Finding, Related
from ....process.model import Process
from ....proposals.model import Proposal
from ...rule import rule
from ..headers._helpers import records


@rule("S006")
def history_last(proposal: Proposal, process: Process) -> Iterator[Finding]:
    """A history does not end with the status of the proposal.

    The last entry is the step to the status that the proposal has now, with its evidence.

    Bad::

        FEP: 7
        Title: Typed views
        Status: Review
        Status-History: 2026-11-02 Draft https://example.org/1

    Good::

        FEP: 7
        Title: Typed views
        Status: Review
        Status-History: 2026-11-02 Draft https://example.org/1
            2026-11-12 Review https://example.org/2
    """
    header, field = process.header_for("history"), proposal.field("status")
    status = proposal.status
    for record, span in records(proposal, header)[-1:]:
        if header and field and status and record.status not in {None, status}:
            message = (
                f"'{header.name}' ends with \"{record.status}\", but '{field.name}' is "
                f'"{status}"; write the step to {status}, or the status {record.status}'
            )
            there = Related(proposal.path, field.span(), f"'{field.name}' is here")
            yield Finding(span, message, related=(there,))
