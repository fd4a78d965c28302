from datetime import date

from ....process.schema import any_applies, Header
from ....proposals.fields import format_date
from .._api import add_days, Finding, Findings, plural, Process, Proposal, rule, Severity
from .._headers import header_names, locate_records


@rule("S009", severity=Severity.WARNING)
def review_short(proposal: Proposal, process: Process) -> Findings:
    """Review period is too short.

    Reviewers are mostly volunteers and need time to read and to object. The process sets a
    minimum number of days, counted from the entry in the status history that began the
    review. Move the end of the review to a later date.

    Bad::

        Review-Until: 2026-11-21
        Status-History: 2026-11-02 Draft https://example.org/1
            2026-11-18 Review https://example.org/2

    Good::

        Review-Until: 2026-12-02
        Status-History: 2026-11-02 Draft https://example.org/1
            2026-11-18 Review https://example.org/2
    """
    header, field = process.header_for("review_until"), proposal.field("review_until")
    until: date | None = proposal.value("review_until")
    if not (header and field and until):
        return
    start = _review_start(header, proposal, process)
    if start is None:
        return
    earliest = add_days(start, process.review_days)
    if until < earliest:
        days = plural((until - start).days, "day")
        message = (
            f"'{header.name}' is {format_date(until, header.date_format)}, {days} after the "
            f"review began; write {format_date(earliest, header.date_format)} or later"
        )
        yield Finding(field.span(), message)


def _review_start(header: Header, proposal: Proposal, process: Process) -> date | None:
    """Return the date of the last transition to a status that requires *header*.

    A proposal may have been in review, gone back to draft and be in review again.
    """
    names = header_names(proposal)
    starts = [
        record.date
        for record, _span in locate_records(proposal, process.header_for("history"), process)
        if any_applies(header.required, record.status, proposal.type, names)
    ]
    return starts[-1] if starts else None
