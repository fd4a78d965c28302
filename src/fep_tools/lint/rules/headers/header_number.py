from .._api import Findings, Process, Proposal, rule
from .._headers import report_mistakes


@rule("H101", fixable=True)
def header_number(proposal: Proposal, process: Process) -> Findings:
    """Number is not in the expected format.

    Proposals are known by their numbers. Write the number without leading zeros and without
    the acronym, so that one search finds every proposal that mentions it.

    Bad::

        FEP: FEP-0007
        Title: Typed views

    Good::

        FEP: 7
        Title: Typed views
    """
    return report_mistakes(proposal, process, header_number.name)
