"""Who may decide about a proposal, and who of them has a conflict of interest."""

from __future__ import annotations

from dataclasses import dataclass

from ..process.model import Process
from ..process.schema import Role, Transition
from .model import Proposal


@dataclass(frozen=True)
class Deciders:
    """Those who may make a decision.

    :param role: ``upstream``, ``delegate``, ``workgroup`` or ``editor``.
    :param names: Their names; none if the decision is made elsewhere, or no one is appointed.
    :param conflicts: Those of them who have a conflict of interest.
    """

    role: str
    names: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()


def find_deciders(proposal: Proposal, transition: Transition | None, process: Process) -> Deciders:
    """Return who may decide about a transition.

    A delegate in the proposal decides in place of the workgroup or the editors.
    Authors have a conflict of interest; in the workgroup, and as delegates, so do sponsors.
    """
    role: str = (transition.decided_by if transition else "") or "editor"
    if role == "upstream":
        return Deciders(role)
    names = _names(proposal, "delegate")
    if names:
        role = "delegate"
    elif role == "editor":
        names = process.editors
    elif process.people:
        names = process.people.names("workgroup")
    own = _names(proposal, "authors")
    own += _names(proposal, "sponsor") if role != "editor" else ()
    folded = {name.casefold() for name in own}
    return Deciders(role, names, tuple(name for name in names if name.casefold() in folded))


def _names(proposal: Proposal, role: Role) -> tuple[str, ...]:
    return tuple(person.name for person in proposal.value(role) or ())
