from .._api import Findings, Proposal, rule, Severity
from ._helpers import report_problems


@rule("B068", severity=Severity.WARNING, markdown="off")
def backslash_lost(proposal: Proposal) -> Findings:
    r"""Backslash is not shown.

    In text, a backslash takes the meaning from the character after it, and is not on the page.
    Write paths and escapes as literals.

    Bad::

        The file is in C:\temp today.

    Good::

        The file is in ``C:\temp`` today.
    """
    return report_problems(proposal, "backslash")
