from collections.abc import Iterator

from ....diagnostics import Finding, Severity
from ....process.model import Process
from ....proposals.model import Corpus, Proposal
from ...rule import rule
from ._helpers import others, status_of, told_at


@rule("L009", severity=Severity.WARNING)
def requires_rank(proposal: Proposal, process: Process, corpus: Corpus) -> Iterator[Finding]:
    """A proposal is further along than one that it requires.

    What rests on a draft is no firmer than the draft: either the other one has to move
    first, or it is not really required.

    Bad::

        # proposals/fep-0005.rst
        FEP: 5
        Title: Views
        Status: Draft

        # proposals/fep-0007.rst
        FEP: 7
        Title: Typed views
        Status: Accepted
        Requires: 5

    Good::

        # proposals/fep-0005.rst
        FEP: 5
        Title: Views
        Status: Accepted

        # proposals/fep-0007.rst
        FEP: 7
        Title: Typed views
        Status: Accepted
        Requires: 5
    """
    mine = status_of(proposal, process)
    if mine is None or mine.closed:
        return
    for other, span in others(proposal, "requires", corpus):
        theirs = status_of(other, process)
        if theirs and not theirs.closed and theirs.rank < mine.rank:
            what = f"{process.label(other.number)}, which is only {theirs.name}"
            message = f"'{process.header_name('requires')}' names {what}; this one is {mine.name}"
            yield Finding(span, message, related=(told_at(other, "status", "its status"),))
