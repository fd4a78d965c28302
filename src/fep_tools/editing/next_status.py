"""The statuses that a proposal may move to."""

from __future__ import annotations

from typing import NamedTuple

from ..process.model import Process
from ..process.schema import Status
from ..proposals.model import Proposal


class NextStatus(NamedTuple):
    """A status that a proposal may move to, and the headers that this needs."""

    status: Status
    needs: tuple[str, ...] = ()
    unusual: bool = False


def next_statuses(
    process: Process, before: Proposal | None, after: Proposal | None = None
) -> list[NextStatus]:
    """Return the statuses that a proposal may move to, in the order of the process.

    :param before: the proposal as it was committed; ``None`` for a new one
    :param after: the proposal as it reads now; its type may have been edited. Transitions for
        retroactive proposals are allowed only if it was retroactive before and still is.
    """
    if before is None or before.status is None:
        return [NextStatus(process.initial_status)]
    after = after or before
    retroactive = bool(before.value("retroactive") and after.value("retroactive"))
    transitions = process.transitions_from(
        before.status, after.type or before.type, retroactive=retroactive
    )
    # If two transitions lead to one status, the first in the process applies.
    by_target = {name: transition for transition in reversed(transitions) for name in transition.to}
    return [
        NextStatus(status, transition.needs, transition.level == "unusual")
        for status in process.statuses
        if (transition := by_target.get(status.name))
    ]
