"""Find the decision about a proposal in its history."""

from __future__ import annotations

from collections.abc import Iterable

from ..process.model import Process
from ..process.schema import Stage
from .model import Event

_OUTCOMES: dict[Stage, Stage] = {"done": "agreed"}
"""Stages with the same outcome: what is finished was accepted before, by the same decision."""


def find_decision(statuses: Iterable[Event], process: Process) -> Event | None:
    """Return the status change that records the decision which stands.

    Of Draft, Accepted, Final, that is the one to Accepted; of Accepted, Rejected, the one to
    Rejected. A proposal that becomes a draft again is not decided any more. One that is superseded
    or deferred after it was accepted keeps that decision.

    :param statuses: The changes of status, oldest first.
    """
    decision: Event | None = None
    outcome: Stage | None = None
    for event in statuses:
        status = process.resolve_status(event.after or "")
        if status is None:
            continue
        if status.decision:
            previous, outcome = outcome, _OUTCOMES.get(status.stage, status.stage)
            decision = event if outcome != previous else decision
        elif status.stage == "open":
            decision, outcome = None, None
    return decision
