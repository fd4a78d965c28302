from collections.abc import Iterator

from ....diagnostics import Finding, Related, Span
from ....process.model import Process
from ...changes import ProposalChange
from ...rule import rule
from ._helpers import span_of


@rule("T015")
def number_given(change: ProposalChange, process: Process) -> Iterator[Finding]:
    """A new proposal has a number that another one got meanwhile.

    Two branches took the same number, and the other one arrived first. It keeps the number.

    Bad::

        # base
        # taken proposals/fep-0007.rst


        # head
        FEP: 7
        Title: Typed views
        Status: Draft

    Good::

        # base
        # taken proposals/fep-0007.rst


        # head
        FEP: 8
        Title: Typed views
        Status: Draft
    """
    after = change.after
    if after is None or after.number is None or change.conflicting_path is None:
        return
    yield Finding(
        span_of(change, "number"),
        f"{process.label(after.number)} was given to another proposal meanwhile",
        f"the command fep renumber {after.number} gives this one the next that is free",
        related=(Related(change.conflicting_path, Span(), "has it where this one would arrive"),),
    )
