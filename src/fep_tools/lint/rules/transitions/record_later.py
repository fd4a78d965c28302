from .._api import Finding, Findings, Process, ProposalChange, rule
from ._helpers import current_span


@rule("T014")
def record_later(change: ProposalChange, process: Process) -> Findings:
    """Proposal was marked as retroactive after it was added, or is no longer marked.

    A retroactive proposal records a decision that was made elsewhere before the proposal was
    written, and may skip stages. Others may not, so the mark must be there from the start, and
    stays when the proposal has the status of that decision. Remove or restore the header.

    Bad::

        # base
        FEP: 7
        Status: Draft

        # head
        FEP: 7
        Status: Draft
        Retroactive: yes

    Good::

        # base
        FEP: 7
        Status: Draft
        Retroactive: yes

        # head
        FEP: 7
        Title: Typed views
        Status: Draft
        Retroactive: yes
    """
    before, after = change.before, change.after
    if before is None or after is None:
        return
    was_marked, is_marked = (bool(p.value("retroactive")) for p in (before, after))
    name, message = process.header_name("retroactive"), ""
    if is_marked and not was_marked:
        message = f"'{name}' cannot be added to an existing {process.acronym}; remove it"
    elif was_marked and not is_marked:
        status = process.status(before.status)
        if status is not None and (status.decision or status.settled):
            message = f"'{name}' was removed, but {status.name} was decided elsewhere; restore it"
    if message:
        yield Finding(current_span(change, "retroactive"), message)
