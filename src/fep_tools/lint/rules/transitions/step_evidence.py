from collections.abc import Iterator

from ....diagnostics import Finding
from ....process.model import Process
from ....process.schema import any_applies
from ....proposals.model import Proposal
from ...changes import ProposalChange
from ...rule import rule
from ..headers._helpers import present, sample
from ._helpers import retroactive, span_of


@rule("T003")
def step_evidence(change: ProposalChange, process: Process) -> Iterator[Finding]:
    """A status changes without the headers that prove it.

    A decision that cannot be looked up was not made. What a status always needs is told by
    ``header-missing``; this is about the step: a resolution has to be the one of this step,
    not one that is left from the step before.

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
    step = process.transition(*change.status_change, after.type, retroactive=retroactive(change))
    for name in step.needs if step else ():
        what = _lacking(name, before, after, process)
        if what:
            subject = (
                f"the step from {change.status_change[0]} to {change.status_change[1]} needs {what}"
            )
            yield Finding(span_of(change, "status"), subject)


def _lacking(name: str, before: Proposal, after: Proposal, process: Process) -> str:
    """What is missing of the header of that *name*; empty where nothing is."""
    header = process.header(name)
    assert header is not None
    new, old = after.fields.get(header.key), before.fields.get(header.key)
    if new is None or not new.value:
        at_rest = any_applies(header.required, after.status, after.type, present(after))
        return "" if at_rest else f"'{name}'; write {sample(header, after, process)}"
    if header.role == "resolution" and old is not None and old.value == new.value:
        return f"a '{name}' of its own; this one is of the step before"
    return ""
