from .._api import Finding, Findings, Process, ProposalChange, rule, Span
from ._helpers import has_left_draft


@rule("T013")
def proposal_removed(change: ProposalChange, process: Process) -> Findings:
    """Proposal was removed after the draft stage.

    Other texts refer to the proposal. If it is not wanted, withdraw or reject it instead, so
    that the reasons remain available. Restore the file.

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
    if change.after is None and change.before is not None and has_left_draft(change, process):
        label, status = process.label(change.before.number), change.before.status
        yield Finding(Span(), f"{label} is {status} and must not be removed; restore it")
