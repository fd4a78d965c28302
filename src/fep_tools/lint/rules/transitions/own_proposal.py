from collections.abc import Iterator

from ...._text import join_words
from ....diagnostics import Finding, Severity
from ....process.model import Process
from ...changes import ProposalChange
from ...rule import rule
from ._helpers import span_of


@rule("T012", severity=Severity.WARNING)
def own_proposal(change: ProposalChange, process: Process) -> Iterator[Finding]:
    """An editor decides about a proposal of their own.

    Nobody judges their own case. This is seen where the process names its editors, and all
    the commits of the change are by editors who are authors of the proposal.

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
        message = f"{names} decided about a proposal of their own; let another editor do it"
        yield Finding(span_of(change, "status"), message)
