from collections.abc import Iterator

from ....diagnostics import Finding, Severity
from ....process.model import Process
from ...changes import ChangeSet, ProposalChange
from ...rule import rule
from ._helpers import span_of


@rule("T004", severity=Severity.WARNING)
def step_together(changes: ChangeSet, process: Process) -> Iterator[Finding]:
    """Several proposals change their statuses at once.

    A decision is about one proposal, and is looked up as one. That a proposal is superseded by
    the other is one decision.

    Bad::

        # base
        # proposals/fep-0007.rst
        FEP: 7
        Status: Draft

        # proposals/fep-0008.rst
        FEP: 8
        Status: Draft

        # head
        # proposals/fep-0007.rst
        FEP: 7
        Status: Review

        # proposals/fep-0008.rst
        FEP: 8
        Status: Review

    Good::

        # base
        # proposals/fep-0007.rst
        FEP: 7
        Status: Draft

        # proposals/fep-0008.rst
        FEP: 8
        Status: Draft

        # head
        # proposals/fep-0007.rst
        FEP: 7
        Status: Review

        # proposals/fep-0008.rst
        FEP: 8
        Status: Draft
    """
    moved = [c for c in changes if c.status_change is not None and not _follows(c, changes)]
    for change in moved[1:]:
        other = moved[0].after
        label = process.label(other.number if other else None)
        message = f"{label} changes its status in the same request; make a request for each"
        yield Finding(span_of(change, "status"), message, path=change.path)


def _follows(change: ProposalChange, changes: ChangeSet) -> bool:
    """Whether its step only follows from that of the proposal which supersedes it."""
    named = change.after.numbers("superseded_by") if change.after else ()
    return any(number in changes.by_number for number in named)
