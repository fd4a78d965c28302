from .._api import Findings, Process, Proposal, rule
from .._headers import report_mistakes


@rule("H105", fixable=True)
def header_list(proposal: Proposal, process: Process) -> Findings:
    """List is not in the expected format.

    A list has each entry once, with a comma and one space between entries, and sorted if the
    process says so. Two lists with the same content then look the same. Rewrite the list in
    that form.

    Bad::

        FEP: 17
        Title: Typed views
        Requires: 12,11

    Good::

        FEP: 17
        Title: Typed views
        Requires: 11, 12
    """
    return report_mistakes(proposal, process, header_list.name)
