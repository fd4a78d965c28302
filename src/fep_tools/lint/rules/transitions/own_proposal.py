from .._api import Finding, Findings, join_words, Process, ProposalChange, rule, Severity
from ._helpers import current_span


@rule("T012", severity=Severity.WARNING)
def own_proposal(change: ProposalChange, process: Process) -> Findings:
    """Editor decides on their own proposal.

    Another editor should decide, to avoid a conflict of interest. This rule needs the list of
    editors in the process file. It applies if editors who are also authors made all commits
    of the change.

    Bad::

        # base
        # by Eddie the editor
        FEP: 7
        Author: Eddie the editor
        Status: Review

        # head
        FEP: 7
        Author: Eddie the editor
        Status: Rejected

    Good::

        # base
        # by Charles Babbage
        FEP: 7
        Author: Eddie the editor
        Status: Review

        # head
        FEP: 7
        Author: Eddie the editor
        Status: Rejected
    """
    after = change.after
    if change.status_change is None or after is None or not change.authors:
        return
    status = process.status(change.status_change[1])
    own = {person.name for person in after.value("authors") or ()}
    if status is not None and status.decision and change.authors <= own & set(process.editors):
        names = join_words(sorted(change.authors), "and")
        message = f"{names} decided on their own proposal; ask another editor to decide"
        yield Finding(current_span(change, "status"), message)
