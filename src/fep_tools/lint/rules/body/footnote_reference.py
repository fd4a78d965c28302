from .._api import Findings, Proposal, rule
from ._helpers import report_problems


@rule("B062", fixable=True, markdown="off")
def footnote_reference(proposal: Proposal) -> Findings:
    """Reference to a footnote is shown as text.

    The label is in brackets, the underscore is after them, and a blank is before them: ``[1]_``.
    Anything else is plain text, and readers cannot follow it.

    Bad::

        A view returns its type [1_].

        .. [1] Since version 2.

    Good::

        A view returns its type [1]_.

        .. [1] Since version 2.
    """
    return report_problems(proposal, "footnote")
