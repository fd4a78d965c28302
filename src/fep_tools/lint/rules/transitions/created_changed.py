from .._api import Finding, Findings, Process, ProposalChange, quote, rule
from ._helpers import current_span, has_left_draft


@rule("T007")
def created_changed(change: ProposalChange, process: Process) -> Findings:
    """Creation date was changed after the draft stage.

    The date is a fact that lists and statistics are based on. Restore the date.

    Bad::

        # base
        FEP: 7
        Status: Review
        Created: 2025-03-09

        # head
        FEP: 7
        Status: Review
        Created: 2025-04-09

    Good::

        # base
        FEP: 7
        Status: Draft
        Created: 2025-03-09

        # head
        FEP: 7
        Status: Draft
        Created: 2025-04-09
    """
    before, after = change.before, change.after
    if before is None or after is None or not has_left_draft(change, process):
        return
    old = before.field("created")
    if old is not None and before.value("created") not in (None, after.value("created")):
        message = f"'{old.name}' was {quote(old.value)} and must not change; restore it"
        yield Finding(current_span(change, "created"), message)
