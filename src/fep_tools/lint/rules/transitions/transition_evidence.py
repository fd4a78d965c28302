from datetime import date

from ....process.schema import any_applies
from .._api import Finding, Findings, Process, Proposal, ProposalChange, rule
from .._headers import format_example, header_names, transition_advice
from ._helpers import current_span, is_retroactive


@rule("T003")
def transition_evidence(change: ProposalChange, process: Process, today: date) -> Findings:
    """Status transition lacks its evidence.

    Readers must be able to look up every decision. Add the header that the transition
    requires, and make sure that it belongs to this transition: a resolution left over from
    the previous one does not count.

    Bad::

        # base
        FEP: 7
        Status: Accepted
        Type: Standards Track
        Resolution: 2025-03-09 https://example.org/accepted

        # head
        FEP: 7
        Status: Deferred
        Type: Standards Track
        Resolution: 2025-03-09 https://example.org/accepted

    Good::

        # base
        FEP: 7
        Status: Accepted
        Type: Standards Track
        Resolution: 2025-03-09 https://example.org/accepted

        # head
        FEP: 7
        Status: Deferred
        Type: Standards Track
        Resolution: 2025-11-02 https://example.org/deferred
    """
    before, after = change.before, change.after
    if change.status_change is None or before is None or after is None:
        return
    transition = process.transition(
        *change.status_change, after.type, retroactive=is_retroactive(change)
    )
    for name in transition.needs if transition else ():
        if need := _describe_need(name, before, after, process, today):
            old, new = change.status_change
            message = f"the transition from {old} to {new} needs {need}"
            help_ = transition_advice(after, process.header(name))
            yield Finding(current_span(change, "status"), message, help_)


def _describe_need(
    name: str, before: Proposal, after: Proposal, process: Process, today: date
) -> str:
    """Return what is wrong with the header that a transition needs; empty if it is fine."""
    header = process.header(name)
    assert header is not None
    new, old = after.fields.get(header.key), before.fields.get(header.key)
    if new is None or not new.value:
        # A header that the new status requires anyway is reported by header-missing.
        if any_applies(header.required, after.status, after.type, header_names(after)):
            return ""
        return f"'{name}'; add it, for example {format_example(header, after, process, today)}"
    if header.role in ("resolution", "reason") and old is not None and old.value == new.value:
        return f"a new '{name}'; this one belongs to the previous transition"
    return ""
