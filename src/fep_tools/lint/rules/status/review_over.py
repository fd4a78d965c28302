from datetime import date

from ....proposals.fields import format_date
from .._api import Finding, Findings, Process, Proposal, rule, Severity
from .._headers import DEADLINES, matching_condition


@rule("S011", severity=Severity.WARNING)
def review_over(proposal: Proposal, process: Process, today: date) -> Findings:
    """Deadline has passed without a decision.

    A review without an end looks open forever, and a guideline that is not reviewed in time
    may be outdated. Decide, or set a later date.

    Bad::

        Status: Review
        Review-Until: 2026-11-05

    Good::

        Status: Review
        Review-Until: 2026-12-02
    """
    for role in DEADLINES:
        header, field = process.header_for(role), proposal.field(role)
        day: date | None = proposal.value(role)
        if not (header and field and day) or day >= today:
            continue
        # A deadline that the current status does not require is history.
        if matching_condition(header.required, proposal):
            date_text = format_date(day, header.date_format)
            message = (
                f"'{header.name}' was {date_text}, but the status is still "
                f'"{proposal.status}"; decide, or set a later date'
            )
            yield Finding(field.span(), message)
