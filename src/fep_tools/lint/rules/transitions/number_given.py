from .._api import Finding, Findings, Process, ProposalChange, Related, rule, Span
from ._helpers import current_span


@rule("T015")
def number_given(change: ProposalChange, process: Process) -> Findings:
    """Number of a new proposal is already taken.

    Two branches chose the same number, and the other one was merged first. That proposal
    keeps the number. Renumber this one.

    Bad::

        # base
        # taken proposals/fep-0007.rst


        # head
        FEP: 7
        Title: Typed views
        Status: Draft

    Good::

        # base
        # taken proposals/fep-0007.rst


        # head
        FEP: 8
        Title: Typed views
        Status: Draft
    """
    after = change.after
    if after is None or after.number is None or change.conflicting_path is None:
        return
    message = (
        f"{process.label(after.number)} is already taken on the base branch; "
        f"run: fep renumber {after.number}"
    )
    related = Related(change.conflicting_path, Span(), "taken there")
    help_ = "the command gives this one the next free number"
    yield Finding(current_span(change, "number"), message, help_, related=(related,))
