from .._api import Finding, Findings, join_words, Process, Proposal, rule
from .._relations import is_dead, related_header, superseded_statuses


@rule("L007")
def superseded_status(proposal: Proposal, process: Process) -> Findings:
    """Status does not say that the proposal was superseded.

    Lists show only the status, so readers would believe that the proposal is still valid.
    Change the status, or remove the successor. A rejected or withdrawn proposal may name a
    successor and keep its status.

    Bad::

        FEP: 5
        Title: Views
        Status: Final
        Superseded-By: 7

    Good::

        FEP: 5
        Title: Views
        Status: Superseded
        Superseded-By: 7
    """
    field = proposal.field("status")
    if not proposal.numbers("superseded_by") or not proposal.status or field is None:
        return
    allowed = superseded_statuses(process)
    if allowed and proposal.status not in allowed and not is_dead(proposal, process):
        message = (
            f"'{field.name}' is {proposal.status}, but the proposal has "
            f"'{process.header_name('superseded_by')}'; write {join_words(allowed)}"
        )
        related = related_header(proposal, "superseded_by", "or remove this")
        yield Finding(field.span(), message, related=(related,))
