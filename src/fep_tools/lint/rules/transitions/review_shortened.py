from datetime import date

from ....proposals.fields import format_date
from .._api import Finding, Findings, Process, ProposalChange, rule
from .._headers import matching_condition
from ._helpers import current_span


@rule("T019")
def review_shortened(change: ProposalChange, process: Process, today: date) -> Findings:
    """Review was shortened, or ends before it begins.

    Reviewers rely on the announced date, which may be after a holiday. A review may be extended,
    but its end is never moved to an earlier date, and a review that begins today does not end
    today. Write a later date.

    Bad::

        # base
        FEP: 7
        Status: Review
        Review-Until: 2026-12-24

        # head
        FEP: 7
        Status: Review
        Review-Until: 2026-11-19

    Good::

        # base
        FEP: 7
        Status: Review
        Review-Until: 2026-12-24

        # head
        FEP: 7
        Status: Review
        Review-Until: 2027-01-07
    """
    header, before, after = process.header_for("review_until"), change.before, change.after
    if header is None or before is None or after is None:
        return
    announced: date | None = before.value("review_until")
    until: date | None = after.value("review_until")
    # A date that the status does not require is history, or another rule's finding.
    if until is None or not matching_condition(header.required, after):
        return
    written, message = format_date(until, header.date_format), ""
    if announced is not None and matching_condition(header.required, before):
        if until < announced:
            end = format_date(announced, header.date_format)
            message = f"'{header.name}' was {end} and is now {written}; write {end} or later"
    elif until <= today:
        message = f"'{header.name}' is {written}, but the review begins today; write a later date"
    if message:
        yield Finding(current_span(change, "review_until"), message)
