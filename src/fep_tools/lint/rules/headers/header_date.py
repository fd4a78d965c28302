from .._api import Findings, Process, Proposal, rule
from .._headers import report_mistakes


@rule("H103", fixable=True)
def header_date(proposal: Proposal, process: Process) -> Findings:
    """Date is not in the expected format.

    Programs compare dates, and people in all countries read them: 03/04/2025 can mean two
    different days. Write the date in the format of the process, such as 2025-03-03. The date
    must exist, and names of months are English.

    Bad::

        Created: 3 March 2025

    Good::

        Created: 2025-03-03
    """
    return report_mistakes(proposal, process, header_date.name)
