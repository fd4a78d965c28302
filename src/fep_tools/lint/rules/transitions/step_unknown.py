from collections.abc import Iterator

from ...._text import join_words
from ....diagnostics import Finding
from ....process.model import Process
from ...changes import ProposalChange
from ...rule import rule
from ._helpers import retroactive, span_of, ways


@rule("T001")
def step_unknown(change: ProposalChange, process: Process) -> Iterator[Finding]:
    """A status changes in a way that the process does not have.

    A step that was skipped is a discussion that nobody had. The process says which steps
    there are; a proposal that has reached its end starts again under a new number.

    Bad::

        # base
        FEP: 7
        Status: Draft
        Type: Standards Track

        # head
        FEP: 7
        Status: Final
        Type: Standards Track

    Good::

        # base
        FEP: 7
        Status: Draft
        Type: Standards Track

        # head
        FEP: 7
        Status: Review
        Type: Standards Track
    """
    if change.status_change is None or change.after is None:
        return
    before, after = change.status_change
    if (
        process.transition(before, after, change.after.type, retroactive=retroactive(change))
        is None
    ):
        open_to = ways(change, process)
        may = (
            f"from {before} it may go to {join_words(open_to)}"
            if open_to
            else f"{before} is the end"
        )
        subject = f"{process.label(change.after.number)} goes from {before} to {after}"
        yield Finding(span_of(change, "status"), f"{subject}; {may}")
