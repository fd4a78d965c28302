from .._api import Findings, Process, Proposal, rule
from .._headers import report_mistakes


@rule("H104", fixable=True)
def header_choice(proposal: Proposal, process: Process) -> Findings:
    """Value is not one of the allowed choices.

    Pages and searches are built from the names of statuses, types and topics. With another
    spelling, the proposal would be missing from every list. Use a name from the process,
    spelled exactly as it is there.

    Bad::

        Status: draft
        Type: Informationnal

    Good::

        Status: Draft
        Type: Informational
    """
    return report_mistakes(proposal, process, header_choice.name)
