from .._api import Findings, Process, Proposal, rule
from .._headers import report_mistakes


@rule("S003", fixable=True)
def status_former(proposal: Proposal, process: Process) -> Findings:
    """Status has a former name.

    Communities rename statuses over time. Readers still understand the old name, but the
    index and the filters use the new one. Write the new name.

    Bad::

        PEP: 7
        Title: Style Guide for C Code
        Status: Finished

    Good::

        PEP: 7
        Title: Style Guide for C Code
        Status: Final
    """
    return report_mistakes(proposal, process, status_former.name)
