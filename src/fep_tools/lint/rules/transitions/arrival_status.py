from collections.abc import Iterator

from ....diagnostics import Finding
from ....process.model import Process
from ...changes import ProposalChange
from ...rule import rule
from ._helpers import retroactive, span_of


@rule("T005")
def arrival_status(change: ProposalChange, process: Process) -> Iterator[Finding]:
    """A new proposal arrives in another status than the first.

    What nobody has discussed is not decided. A record of what was decided elsewhere says so
    with the header for it, and arrives as what it is.

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
    after = change.after
    if not change.is_arrival or after is None or retroactive(change):
        return
    if after.status != process.initial_status.name:
        first = process.initial_status.name
        message = f"a new {process.acronym} is {first}; this one says {after.status}"
        help = f"Let it arrive as {first}, and take the next step in a request of its own"
        yield Finding(span_of(change, "status"), message, help)
