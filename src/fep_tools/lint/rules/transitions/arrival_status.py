from .._api import Finding, Findings, Process, ProposalChange, rule
from ._helpers import current_span, is_retroactive


@rule("T005")
def arrival_status(change: ProposalChange, process: Process) -> Findings:
    """New proposal does not have the first status.

    A proposal that was not discussed cannot be decided yet. Add it with the first status. A
    record of a decision made elsewhere is marked as retroactive, and may be added with its
    final status.

    Bad::

        # base


        # head
        FEP: 7
        Title: Typed views
        Status: Accepted

    Good::

        # base


        # head
        FEP: 7
        Title: Typed views
        Status: Draft
    """
    after, first = change.after, process.initial_status.name
    if not change.is_arrival or after is None or is_retroactive(change):
        return
    if after.status != first:
        message = f"a new {process.acronym} must be {first}, but this one is {after.status}"
        help_ = f"add it as {first}, and make the next transition in another pull request"
        yield Finding(current_span(change, "status"), message, help_)
