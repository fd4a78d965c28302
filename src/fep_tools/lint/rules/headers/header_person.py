from .._api import Findings, Process, Proposal, rule
from .._headers import report_mistakes


@rule("H106", fixable=True)
def header_person(proposal: Proposal, process: Process) -> Findings:
    """Person is not in the expected format.

    Pages by author are built from the names, and editors contact people by their handles.
    Write the name first and the handle in parentheses after it. A community may refuse e-mail
    addresses, because proposals are public and are copied to other sites.

    Bad::

        Author: Ada Lovelace @ada

    Good::

        Author: Ada Lovelace (@ada)
    """
    return report_mistakes(proposal, process, header_person.name)
