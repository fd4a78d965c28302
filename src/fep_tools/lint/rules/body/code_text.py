from .._api import Findings, Proposal, rule, Severity
from ._helpers import report_problems


@rule("B065", severity=Severity.WARNING, markdown="off")
def code_text(proposal: Proposal) -> Findings:
    """Code is shown as text.

    Code that is only indented is a quotation: its line breaks and indentation are lost, and
    its stars and underscores are markup. End the paragraph before it with two colons, or use a
    directive.

    Bad::

        A view is a function:

            def index():
                return "Hello"

    Good::

        A view is a function::

            def index():
                return "Hello"
    """
    return report_problems(proposal, "code")
