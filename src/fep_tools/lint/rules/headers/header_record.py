from .._api import Findings, Process, Proposal, rule
from .._headers import report_mistakes


@rule("H109")
def header_record(proposal: Proposal, process: Process) -> Findings:
    """Record is incomplete or not in the expected format.

    A decision without a date cannot be put in order, and without a URL readers cannot look up
    the reasons. Write all parts, in the order that the process defines.

    Bad::

        Resolution: https://example.org/thread/7

    Good::

        Resolution: 2025-03-09 https://example.org/thread/7
    """
    return report_mistakes(proposal, process, header_record.name)
