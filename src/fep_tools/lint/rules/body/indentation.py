from .._api import Findings, Proposal, rule, Severity
from ._helpers import report_problems


@rule("B066", severity=Severity.WARNING, markdown="off")
def indentation(proposal: Proposal) -> Findings:
    """Indentation makes something else of the text.

    Text that is indented more than the line before it is a definition or a quotation, and text
    that is indented less than its list item ends the list. Align the lines that belong
    together.

    Bad::

        - A view may declare what it returns, and the
           framework converts it.

    Good::

        - A view may declare what it returns, and the
          framework converts it.
    """
    return report_problems(proposal, "indentation")
