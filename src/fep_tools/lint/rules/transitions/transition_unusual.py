from .._api import Finding, Findings, Process, ProposalChange, rule, Severity
from ._helpers import current_span, is_retroactive


@rule("T002", severity=Severity.WARNING)
def transition_unusual(change: ProposalChange, process: Process) -> Findings:
    """Status transition is allowed, but unusual.

    In the history of proposals, many transitions of this kind were mistakes. Check that it is
    intended, and explain it in the pull request.

    Bad::

        # base
        PEP: 7
        Status: Draft
        Type: Standards Track

        # head
        PEP: 7
        Status: Final
        Type: Standards Track

    Good::

        # base
        PEP: 7
        Status: Draft
        Type: Standards Track

        # head
        PEP: 7
        Status: Accepted
        Type: Standards Track
    """
    if change.status_change is None or change.after is None:
        return
    before, after = change.status_change
    transition = process.transition(
        before, after, change.after.type, retroactive=is_retroactive(change)
    )
    if transition is not None and transition.level == "unusual":
        message = (
            f"a transition from {before} to {after} is unusual; explain it in the pull request"
        )
        yield Finding(current_span(change, "status"), message)
