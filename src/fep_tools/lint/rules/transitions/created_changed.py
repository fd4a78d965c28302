from collections.abc import Iterator

from ...._text import quote
from ....diagnostics import Finding
from ....process.model import Process
from ...changes import ProposalChange
from ...rule import rule
from ._helpers import past_draft, span_of


@rule("T007")
def created_changed(change: ProposalChange, process: Process) -> Iterator[Finding]:
    """The day of creation of a proposal that is no first draft any more changes.

    It is a fact of the past, by which lists and figures are made.

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
    if before is None or after is None or not past_draft(change, process):
        return
    old = before.field("created")
    if old is not None and before.value("created") not in (None, after.value("created")):
        message = f"'{old.name}' was {quote(old.value)} and stays so"
        yield Finding(span_of(change, "created"), message)
