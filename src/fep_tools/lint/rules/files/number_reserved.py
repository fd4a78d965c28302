from collections.abc import Iterator

from ....diagnostics import Finding, Span
from ....process.model import Process
from ....proposals.model import Proposal
from ...rule import rule


@rule("C010")
def number_reserved(proposal: Proposal, process: Process) -> Iterator[Finding]:
    """A proposal has a number that is never handed out.

    The process file keeps some numbers back, and says why.

    Bad::

        # fep/process.toml
        [[reserved]]
        number = 13
        reason = "promised to the workgroup"

        # proposals/fep-0013.rst
        FEP: 13
        Title: Typed views

    Good::

        # fep/process.toml
        [[reserved]]
        number = 13
        reason = "promised to the workgroup"

        # proposals/fep-0014.rst
        FEP: 14
        Title: Typed views
    """
    field = proposal.field("number")
    for kept in process.reserved:
        if kept.number == proposal.number:
            help_ = f"the command fep next tells which {process.acronym} number is free"
            message = f"the number {kept.number} is kept back: {kept.reason.rstrip('.')}"
            yield Finding(field.span() if field else Span(), message, help_)
