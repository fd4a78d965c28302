from collections.abc import Iterator
from datetime import date, timedelta

from ....diagnostics import Finding, Severity
from ....process.model import Process
from ....process.schema import any_applies, Header
from ....proposals.model import Proposal
from ...rule import rule
from ..headers._helpers import present, records, told


@rule("S009", severity=Severity.WARNING)
def review_short(proposal: Proposal, process: Process) -> Iterator[Finding]:
    """A review ends sooner after it began than the process allows.

    Those who would object need time to read, and most of them are volunteers. The days are
    counted from the entry in the history that began the review.

    Bad::

        FEP: 7
        Title: Typed views
        Review-Until: 2026-11-21
        Status-History: 2026-11-02 Draft https://example.org/1
            2026-11-18 Review https://example.org/2

    Good::

        FEP: 7
        Title: Typed views
        Review-Until: 2026-12-02
        Status-History: 2026-11-02 Draft https://example.org/1
            2026-11-18 Review https://example.org/2
    """
    header, field = process.header_for("review_until"), proposal.field("review_until")
    until: date | None = proposal.value("review_until")
    if not (header and field and until):
        return
    began = _began(header, proposal, process)
    enough = began + timedelta(days=process.review_days) if began else until
    if began and until < enough:
        message = (
            f"'{header.name}' is {told(until, header)}, {(until - began).days} days after the "
            f"review began; write {told(enough, header)} or later"
        )
        yield Finding(field.span(), message)


def _began(header: Header, proposal: Proposal, process: Process) -> date | None:
    """The day of the last step to a status that asks for *header*."""
    days = [
        record.date
        for record, _span in records(proposal, process.header_for("history"))
        if any_applies(header.required, record.status, proposal.type, present(proposal))
    ]
    return days[-1] if days else None
