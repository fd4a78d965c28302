from .._api import Finding, Findings, Process, ProposalChange, quote, rule
from ._helpers import current_span, has_left_draft


@rule("T009")
def history_rewritten(change: ProposalChange, process: Process) -> Findings:
    """Existing entries of the status history were changed.

    Entries are added to a status history, but never changed or removed: each was true when it
    was written. Restore the entry.

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
    if before is None or after is None or not has_left_draft(change, process):
        return
    old, new = before.field("history"), after.field("history")
    entries = {line.text for line in new.lines} if new is not None else set()
    for line in old.lines if old is not None else ():
        if line.text and line.text not in entries:
            header = process.header_name("history")
            message = f"{quote(line.text)} was removed from '{header}'; restore it"
            yield Finding(current_span(change, "history"), message)
