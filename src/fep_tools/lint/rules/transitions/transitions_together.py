from .._api import ChangeSet, Finding, Findings, Process, ProposalChange, rule, Severity
from ._helpers import current_span


@rule("T004", severity=Severity.WARNING)
def transitions_together(changes: ChangeSet, process: Process) -> Findings:
    """Several proposals change their status in one pull request.

    Each decision is about one proposal and is looked up separately. Make one pull request for
    each. A proposal that becomes superseded may change together with its successor.

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
        label = process.label(change.after.number if change.after else None)
        first = process.label(moved[0].after.number if moved[0].after else None)
        message = f"{label} changes status together with {first}; make one pull request for each"
        yield Finding(current_span(change, "status"), message, path=change.path)


def _follows(change: ProposalChange, changes: ChangeSet) -> bool:
    """Return whether the proposal is superseded by one in the same change."""
    successors = change.after.numbers("superseded_by") if change.after else ()
    return any(number in changes.by_number for number in successors)
