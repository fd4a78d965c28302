from .._api import Finding, Findings, Process, ProposalChange, rule
from ._helpers import current_span, is_retroactive


@rule("T018")
def type_changed(change: ProposalChange, process: Process) -> Findings:
    """Type of a decided proposal was changed.

    Who decides, and on what evidence, depends on the type. A proposal that was decided as one
    type was not decided as another, unless both types take the same way to that status. Restore
    the type, or write a new proposal of the other type.

    Bad::

        # base
        FEP: 7
        Status: Final
        Type: Informational

        # head
        FEP: 7
        Status: Final
        Type: Standards Track

    Good::

        # base
        FEP: 7
        Status: Final
        Type: Informational

        # head
        FEP: 7
        Status: Final
        Type: Process
    """
    before, after = change.before, change.after
    if before is None or after is None or is_retroactive(change):
        return
    status, old, new = process.status(before.status), before.type, after.type
    if status is None or not (status.decision or status.settled) or None in (old, new):
        return
    if _ways_to(status.name, old, process) != _ways_to(status.name, new, process):
        name = process.header_name("type")
        message = (
            f"'{name}' was changed from {old} to {new}, but the {process.acronym} became "
            f"{status.name} as {old}; restore it, or write a new {process.acronym}"
        )
        yield Finding(current_span(change, "type"), message)


def _ways_to(status: str, type_: str | None, process: Process) -> set[tuple[object, ...]]:
    """Return where a proposal of a type comes from on its way to a status, and what it needs."""
    return {
        (before.name, frozenset(transition.needs), transition.decided_by)
        for before in process.statuses
        for transition in process.transitions_from(before.name, type_)
        if status in transition.to
    }
