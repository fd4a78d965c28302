"""What rules about changes share."""

from __future__ import annotations

from ....diagnostics import Span
from ....process.model import Process
from ....process.schema import Role
from ...changes import ProposalChange


def retroactive(change: ProposalChange) -> bool:
    """Whether the proposal is a record, and was one before: nobody becomes one to skip a step."""
    before, after = change.before, change.after
    was = before is None or bool(before.value("retroactive"))
    return was and after is not None and bool(after.value("retroactive"))


def span_of(change: ProposalChange, role: Role) -> Span:
    """Where the header of *role* stands now; the first line where there is none."""
    field = change.after.field(role) if change.after is not None else None
    return field.span() if field is not None else Span(1, 1)


def ways(change: ProposalChange, process: Process) -> list[str]:
    """The statuses that the proposal might have gone to, in the order of the process."""
    if change.status_change is None or change.after is None:
        return []
    steps = process.transitions_from(
        change.status_change[0], change.after.type, retroactive=retroactive(change)
    )
    open_to = {after for step in steps for after in step.to}
    return [status.name for status in process.statuses if status.name in open_to]


def past_draft(change: ProposalChange, process: Process) -> bool:
    """Whether it had left the first status already, so that others may rely on what it says."""
    return change.before is not None and change.before.status not in (
        None,
        process.initial_status.name,
    )
