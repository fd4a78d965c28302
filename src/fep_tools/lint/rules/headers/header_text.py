from .._api import Findings, Process, Proposal, rule
from .._headers import report_mistakes


@rule("H102")
def header_text(proposal: Proposal, process: Process) -> Findings:
    """Text is too long.

    Titles are shown in lists, in page headings and in the subject lines of emails, where long
    lines are cut off. Shorten the text; details belong in the abstract.

    Bad::

        FEP: 7
        Title: Views whose arguments and results have types that are checked when a request comes in

    Good::

        FEP: 7
        Title: Views with types that are checked
    """
    return report_mistakes(proposal, process, header_text.name)
