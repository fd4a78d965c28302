from .._api import Finding, Findings, join_words, Process, Proposal, rule
from .._relations import related_header, superseded_statuses


@rule("S013")
def removal_status(proposal: Proposal, process: Process) -> Findings:
    """Status does not go with a removal.

    Only what was released can be removed. The proposal keeps the status of a released change,
    since that is what was decided, or the one of a replaced proposal. The header says that the
    change is gone, and pages show it beside the status.

    Bad::

        Status: Withdrawn
        Flask-Version: 1.0
        Removed-In: 2.3

    Good::

        Status: Final
        Flask-Version: 1.0
        Removed-In: 2.3
    """
    status = process.status(proposal.status)
    field = proposal.field("status")
    if status is None or field is None or not proposal.field("removed"):
        return
    done = [s.name for s in process.statuses if s.stage == "done" and s.settled]
    allowed = [*(done or [s.name for s in process.statuses if s.stage == "done"])]
    allowed += sorted(superseded_statuses(process))
    if allowed and status.name not in allowed:
        removed = process.header_name("removed")
        message = (
            f"'{field.name}' is {status.name}, but the proposal has '{removed}'; "
            f"write {join_words(allowed)}, or remove '{removed}'"
        )
        related = (related_header(proposal, "removed", "the removal"),)
        yield Finding(field.span(), message, related=related)
