from collections.abc import Iterator
from datetime import date

from ....diagnostics import Finding, Severity
from ....process.model import Process
from ....process.schema import Role
from ....proposals.model import Proposal
from ...rule import rule
from ..headers._helpers import row, told

_DEADLINES: tuple[Role, ...] = ("review_until", "review_by")


@rule("S011", severity=Severity.WARNING)
def review_over(proposal: Proposal, process: Process, today: date) -> Iterator[Finding]:
    """The day by which something was to be decided has passed.

    A review that nobody ends looks open for ever, and a guideline that nobody looked at
    again may no longer be one. Both deserve a decision, or a later day.

    Bad::

        FEP: 7
        Title: Typed views
        Status: Review
        Review-Until: 2026-11-05

    Good::

        FEP: 7
        Title: Typed views
        Status: Review
        Review-Until: 2026-12-02
    """
    for role in _DEADLINES:
        header, field = process.header_for(role), proposal.field(role)
        day: date | None = proposal.value(role)
        if not (header and field and day) or day >= today:
            continue
        if row(header.required, proposal):
            message = (
                f"'{header.name}' was {told(day, header)}, and the status is still "
                f'"{proposal.status}"; decide, or write a later day'
            )
            yield Finding(field.span(), message)
