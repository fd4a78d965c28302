from .._api import Findings, Proposal, rule
from ._helpers import report_problems


@rule("B001")
def markup(proposal: Proposal) -> Findings:
    """Markup is not valid.

    The parser omits text that it does not understand, or shows it unchanged. The message says
    what was found and what was probably meant. Correct the markup.

    Bad::

        This is **important.

        See the `Specification`_.

    Good::

        This is **important.**

        See the Specification_.

        Specification
        =============

        A view returns its type.
    """
    return report_problems(proposal, "markup")
