from .._api import Finding, Findings, Process, ProposalChange, rule
from ._helpers import current_span


@rule("T014")
def record_later(change: ProposalChange, process: Process) -> Findings:
    """Proposal was marked as retroactive after it was added.

    A retroactive proposal records a decision that was made elsewhere before the proposal was
    written, and may skip stages. Others may not, so the mark must be there from the start.
    Remove the header.

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
    if before is None or after is None or before.value("retroactive"):
        return
    if after.value("retroactive"):
        name = process.header_name("retroactive")
        message = f"'{name}' cannot be added to an existing {process.acronym}; remove it"
        yield Finding(current_span(change, "retroactive"), message)
