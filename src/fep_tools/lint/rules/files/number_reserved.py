from .._api import Finding, Findings, Process, Proposal, rule
from .._headers import header_span


@rule("C010")
def number_reserved(proposal: Proposal, process: Process) -> Findings:
    """Number is reserved.

    The process file reserves some numbers and gives the reason. Use another number.

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
    if reserved := process.reservation(proposal.number):
        message = f"the number {proposal.number} is reserved: {reserved.reason.rstrip('.')}"
        help_ = f"run fep next to get a free {process.acronym} number"
        yield Finding(header_span(proposal, "number"), message, help_)
