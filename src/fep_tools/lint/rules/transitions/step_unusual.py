from collections.abc import Iterator

from ....diagnostics import Finding, Severity
from ....process.model import Process
from ...changes import ProposalChange
from ...rule import rule
from ._helpers import retroactive, span_of


@rule("T002", severity=Severity.WARNING)
def step_unusual(change: ProposalChange, process: Process) -> Iterator[Finding]:
    """A status changes in a way that is allowed, and that hardly ever happens.

    It is worth a second look: many such steps in the history of proposals were slips.

    Bad::

        # base
        PEP: 7
        Status: Final
        Type: Informational

        # head
        PEP: 7
        Status: Draft
        Type: Informational

    Good::

        # base
        PEP: 7
        Status: Draft
        Type: Informational

        # head
        PEP: 7
        Status: Deferred
        Type: Informational
    """
    if change.status_change is None or change.after is None:
        return
    before, after = change.status_change
    step = process.transition(before, after, change.after.type, retroactive=retroactive(change))
    if step is not None and step.level == "unusual":
        message = f"a step from {before} to {after} is unusual; say in the request why it is made"
        yield Finding(span_of(change, "status"), message)
