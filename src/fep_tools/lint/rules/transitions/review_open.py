from datetime import date

from .._api import Finding, Findings, Process, ProposalChange, rule
from ._helpers import current_span


@rule("T011")
def review_open(change: ProposalChange, process: Process, today: date) -> Findings:
    """Proposal is decided before its review ends.

    The announced date gives everyone time to object until the end of that day. Wait with the
    decision. The proposal may return to draft or be withdrawn at any time.

    Bad::

        # base
        FEP: 7
        Status: Review
        Type: Standards Track
        Review-Until: 2026-12-24

        # head
        FEP: 7
        Status: Accepted
        Type: Standards Track

    Good::

        # base
        FEP: 7
        Status: Review
        Type: Standards Track
        Review-Until: 2026-11-01

        # head
        FEP: 7
        Status: Accepted
        Type: Standards Track
    """
    before, after = change.before, change.after
    if change.status_change is None or before is None or after is None:
        return
    status, until = process.status(after.status), before.value("review_until")
    if status is not None and status.decision and isinstance(until, date) and today <= until:
        message = f"the review is open until {until}; decide after that day"
        yield Finding(current_span(change, "status"), message)
