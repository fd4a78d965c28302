from collections.abc import Iterator
from datetime import date

from ....diagnostics import Finding
from ....process.model import Process
from ...changes import ProposalChange
from ...rule import rule
from ._helpers import span_of


@rule("T011")
def review_open(change: ProposalChange, process: Process, today: date) -> Iterator[Finding]:
    """A proposal is decided before the last day of its review.

    Whoever was told that there is time until a day has time until that day. It may go back,
    or be withdrawn, at any time.

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
        message = f"the review is open until {until}; decide it after that day"
        yield Finding(span_of(change, "status"), message)
