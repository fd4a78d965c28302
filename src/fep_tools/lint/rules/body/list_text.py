from .._api import Findings, Proposal, rule, Severity
from ._helpers import report_problems


@rule("B064", severity=Severity.WARNING, markdown="off")
def list_text(proposal: Proposal) -> Findings:
    """List is shown as part of a paragraph.

    A list needs a blank line before it, also if it is inside the item of another list. Without
    that line, the items are sentences of the paragraph.

    Bad::

        - A view returns:
          - a string
          - a response

    Good::

        - A view returns:

          - a string
          - a response
    """
    return report_problems(proposal, "list")
