"""Helpers of rules about changes."""

from __future__ import annotations

from ....diagnostics import Span
from ....process.model import Process
from ....process.schema import Role
from ...changes import ProposalChange
from .._headers import header_span


def is_retroactive(change: ProposalChange) -> bool:
    """Return whether the proposal is retroactive, and was so before unless it is new.

    A proposal cannot become retroactive in order to skip a transition.
    """
    before, after = change.before, change.after
    was_retroactive = before is None or bool(before.value("retroactive"))
    return was_retroactive and after is not None and bool(after.value("retroactive"))


def current_span(change: ProposalChange, role: Role) -> Span:
    """Return where the header of *role* is after the change; else the start of the file."""
    return header_span(change.after, role) if change.after is not None else Span()


def possible_statuses(change: ProposalChange, process: Process) -> list[str]:
    """Return the statuses that may follow the previous one, in the order of the process."""
    if change.status_change is None or change.after is None:
        return []
    transitions = process.transitions_from(
        change.status_change[0], change.after.type, retroactive=is_retroactive(change)
    )
    names = {name for transition in transitions for name in transition.to}
    return [status.name for status in process.statuses if status.name in names]


def has_left_draft(change: ProposalChange, process: Process) -> bool:
    """Return whether the proposal had left the first status before the change.

    From then on, others may refer to what it says.
    """
    if change.before is None:
        return False
    return change.before.status not in (None, process.initial_status.name)
