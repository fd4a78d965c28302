from collections.abc import Iterator

from ...diagnostic import Finding
from ...process import Process
from ...proposal import Proposal
from ..relations import named, RELATIONS
from ..rule import rule


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
                message = f"'{process.called(role)}' names {what}; remove it, or write another"
                yield Finding(span, message)
