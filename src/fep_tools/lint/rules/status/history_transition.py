from itertools import pairwise

from .._api import Finding, Findings, join_words, Process, Proposal, rule
from .._headers import locate_records


@rule("S007")
def history_transition(proposal: Proposal, process: Process) -> Findings:
    """Status history contains a transition that is not allowed.

    The process defines which status may follow which. Add the missing entries between the
    two, or correct the status. A proposal that records a decision made elsewhere may skip the
    stages that only this repository has.

    Bad::

        Type: Standards Track
        Status-History: 2026-11-02 Draft https://example.org/1
            2026-11-12 Accepted https://example.org/2

    Good::

        Type: Standards Track
        Status-History: 2026-11-02 Draft https://example.org/1
            2026-11-12 Review https://example.org/2
    """
    header, type_ = process.header_for("history"), proposal.type
    retroactive = bool(proposal.value("retroactive"))
    for (before, _), (after, span) in pairwise(locate_records(proposal, header, process)):
        if not (type_ and before.status and after.status):
            continue
        if process.transition(before.status, after.status, type_, retroactive=retroactive):
            continue
        transitions = process.transitions_from(before.status, type_, retroactive=retroactive)
        allowed = [name for transition in transitions for name in transition.to]
        message = (
            f'"{after.status}" cannot follow "{before.status}"; '
            f"{_describe_allowed(before.status, allowed, type_, process)}"
        )
        yield Finding(span, message, help=_help(before.status, after.status, type_, process))


def _describe_allowed(before: str, allowed: list[str], type_: str, process: Process) -> str:
    kind = f"a {type_} {process.acronym}"
    if not allowed:
        return f"{kind} stays {before}, so continue in a new proposal"
    return f"{kind} can go from {before} to {join_words(dict.fromkeys(allowed))}"


def _help(before: str, after: str, type_: str, process: Process) -> str:
    """Return which header to add, if the transition is allowed for retroactive proposals only."""
    header = process.header_for("retroactive")
    if header and process.transition(before, after, type_, retroactive=True):
        return f"if this records a decision made elsewhere, add '{header.name}'"
    return ""
