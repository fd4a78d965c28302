from collections.abc import Iterator

from ...._text import quote
from ....diagnostics import Finding
from ....process.model import Process
from ...changes import ProposalChange
from ...rule import rule
from ._helpers import past_draft, span_of


@rule("T009")
def history_rewritten(change: ProposalChange, process: Process) -> Iterator[Finding]:
    """What a proposal says of its past is not what it said before.

    Lines are added to a history, never changed or taken away: each was true when it was
    written, and somebody has read it.

    Bad::

        # base
        FEP: 7
        Status: Review
        Type: Standards Track
        Status-History: 2025-03-09 Draft https://example.org/7
          2025-04-09 Review https://example.org/7

        # head
        FEP: 7
        Status: Review
        Type: Standards Track
        Status-History: 2025-03-12 Draft https://example.org/7
          2025-04-09 Review https://example.org/7

    Good::

        # base
        FEP: 7
        Status: Draft
        Type: Standards Track
        Status-History: 2025-03-09 Draft https://example.org/7

        # head
        FEP: 7
        Status: Review
        Type: Standards Track
        Status-History: 2025-03-09 Draft https://example.org/7
          2025-04-09 Review https://example.org/7
    """
    before, after = change.before, change.after
    if before is None or after is None or not past_draft(change, process):
        return
    told = (
        {line.text for line in after.fields["history"].lines} if after.field("history") else set()
    )
    old = before.field("history")
    for line in old.lines if old is not None else ():
        if line.text and line.text not in told:
            message = f"'{process.header_name('history')}' has lost {quote(line.text)}; put it back"
            yield Finding(span_of(change, "history"), message)
