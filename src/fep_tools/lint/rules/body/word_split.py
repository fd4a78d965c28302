from .._api import Findings, Proposal, rule, Severity
from ._helpers import report_problems


@rule("B067", severity=Severity.WARNING, markdown="off")
def word_split(proposal: Proposal) -> Findings:
    """Word is split at the end of a line.

    The page joins lines with a blank, so that a blank follows the hyphen in the middle of the
    word. Keep the word on one line.

    Bad::

        This is a long-
        term plan.

    Good::

        This is a
        long-term plan.
    """
    return report_problems(proposal, "hyphen")
