from .._api import Finding, Findings, Process, ProposalChange, rule
from ._helpers import current_span, is_retroactive


@rule("T005")
def arrival_status(change: ProposalChange, process: Process) -> Findings:
    """New proposal does not have the first status.

    A proposal that was not discussed cannot be decided yet. Add it with the first status. A
    record of a decision made elsewhere is marked as retroactive, and may be added with its
    final status. If the file could not be read before the change, its former status is unknown,
    and an editor has to accept the present one.

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
    if after is None or after.status in (None, first) or is_retroactive(change):
        return
    if change.is_arrival:
        message = f"a new {process.acronym} must be {first}, but this one is {after.status}"
        help_ = f"add it as {first}, and make the next transition in another pull request"
        yield Finding(current_span(change, "status"), message, help_)
    elif change.is_status_unknown:
        message = (
            f"the file could not be read before this change, so whether it may be {after.status} "
            "is not known"
        )
        help_ = "ask an editor, who can accept it with an [[exempt]] entry"
        yield Finding(current_span(change, "status"), message, help_)
