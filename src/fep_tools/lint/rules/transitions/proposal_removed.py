from collections.abc import Iterator

from ....diagnostics import Finding, Span
from ....process.model import Process
from ...changes import ProposalChange
from ...rule import rule
from ._helpers import past_draft


@rule("T013")
def proposal_removed(change: ProposalChange, process: Process) -> Iterator[Finding]:
    """A proposal that is no first draft any more is removed.

    Others refer to it. What is not wanted is withdrawn or rejected, and keeps its reasons.

    Bad::

        # base
        FEP: 7
        Status: Rejected

        # head

    Good::

        # base
        FEP: 7
        Status: Draft

        # head
    """
    if change.after is None and change.before is not None and past_draft(change, process):
        label, status = process.label(change.before.number), change.before.status
        yield Finding(Span(1, 1), f"{label} is {status} and was removed; put it back")
