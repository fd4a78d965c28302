from .._api import Finding, Findings, Process, ProposalChange, rule
from ._helpers import current_span, has_left_draft


@rule("T006")
def number_changed(change: ProposalChange, process: Process) -> Findings:
    """Number was changed after the draft stage.

    Other texts refer to the proposal by its number, and a number is never used twice. Restore
    the number.

    Bad::

        # base
        # proposals/fep-0007.rst
        FEP: 7
        Status: Review

        Abstract
        ========

        Text.

        # head
        # proposals/fep-0008.rst
        FEP: 8
        Status: Review

        Abstract
        ========

        Text.

    Good::

        # base
        # proposals/fep-0007.rst
        FEP: 7
        Status: Draft

        Abstract
        ========

        Text.

        # head
        # proposals/fep-0008.rst
        FEP: 8
        Status: Draft

        Abstract
        ========

        Text.
    """
    before, after = change.before, change.after
    if before is None or after is None or not has_left_draft(change, process):
        return
    if before.number is not None and after.number != before.number:
        label = process.label(before.number)
        message = f"{label} is {before.status} and must keep its number; write {before.number}"
        yield Finding(current_span(change, "number"), message)
