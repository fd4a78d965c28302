from .._api import Finding, Findings, Process, ProposalChange, rule
from ._helpers import current_span


@rule("T017")
def status_moved(change: ProposalChange, process: Process) -> Findings:
    """Proposal got another status on the base since this change began.

    What may be changed depends on the status: the text of a draft, and not that of a proposal that
    was decided. Merge the base branch into this one, so that the change is checked against the
    present status.

    Bad::

        # base
        # later Deferred
        FEP: 7
        Title: Typed views
        Status: Draft

        # head
        FEP: 7
        Title: Views with types
        Status: Draft

    Good::

        # base
        FEP: 7
        Title: Typed views
        Status: Draft

        # head
        FEP: 7
        Title: Views with types
        Status: Draft
    """
    before, later = change.before, change.later_status
    if before is not None and later is not None:
        label = process.label(before.number)
        message = f"{label} is now {later} on the base branch; merge that branch and check again"
        yield Finding(current_span(change, "status"), message)
