from .._api import Finding, Findings, join_words, Process, ProposalChange, rule
from ._helpers import current_span, is_retroactive, possible_statuses


@rule("T001")
def transition_unknown(change: ProposalChange, process: Process) -> Findings:
    """Status transition is not allowed.

    The process defines which status may follow which, so that no discussion is skipped. Go
    through the stages in between. A proposal in a status that nothing follows continues as a
    new proposal with a new number.

    Bad::

        # base
        FEP: 7
        Status: Withdrawn
        Type: Standards Track

        # head
        FEP: 7
        Status: Final
        Type: Standards Track

    Good::

        # base
        FEP: 7
        Status: Accepted
        Type: Standards Track

        # head
        FEP: 7
        Status: Final
        Type: Standards Track
    """
    if change.status_change is None or change.after is None:
        return
    before, after = change.status_change
    if process.transition(before, after, change.after.type, retroactive=is_retroactive(change)):
        return
    allowed = possible_statuses(change, process)
    advice = (
        f"from {before}, it can only go to {join_words(allowed)}"
        if allowed
        else f"no status follows {before}, so write a new proposal instead"
    )
    message = f"{process.label(change.after.number)} goes from {before} to {after}; {advice}"
    yield Finding(current_span(change, "status"), message)
