from collections.abc import Iterator

from ....diagnostics import Finding
from ....process.model import Process
from ....proposals.model import Proposal
from ...rule import rule
from ._helpers import named, RELATIONS


@rule("L002")
def relation_self(proposal: Proposal, process: Process) -> Iterator[Finding]:
    """A proposal names itself in a header about others.

    Nothing requires or replaces itself. Such a number is left from a file that was copied,
    or is meant to be another.

    Bad::

        FEP: 7
        Title: Typed views
        Requires: 7

    Good::

        FEP: 7
        Title: Typed views
    """
    for role in RELATIONS:
        for number, span in named(proposal, role):
            if number == proposal.number:
                what = f"{process.label(number)}, which is this one"
                message = f"'{process.header_name(role)}' names {what}; remove it, or write another"
                yield Finding(span, message)
