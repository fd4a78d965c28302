from .._api import Finding, Findings, Process, Proposal, Related, rule
from .._headers import locate_records, transition_advice


@rule("S006")
def history_last(proposal: Proposal, process: Process) -> Findings:
    """Status history does not end with the current status.

    The last entry records the transition to the current status, with its date and its
    evidence. Add the missing entry, or correct the status.

    Bad::

        Status: Review
        Status-History: 2026-11-02 Draft https://example.org/1

    Good::

        Status: Review
        Status-History: 2026-11-02 Draft https://example.org/1
            2026-11-12 Review https://example.org/2
    """
    header, field = process.header_for("history"), proposal.field("status")
    status = proposal.status
    for record, span in locate_records(proposal, header, process)[-1:]:
        if header and field and status and record.status not in {None, status}:
            message = (
                f"'{header.name}' ends with \"{record.status}\", but '{field.name}' is "
                f'"{status}"; add an entry for {status}, or set the status to {record.status}'
            )
            related = Related(proposal.path, field.span(), f"'{field.name}' is here")
            help_ = transition_advice(proposal, header)
            yield Finding(span, message, help_, related=(related,))
