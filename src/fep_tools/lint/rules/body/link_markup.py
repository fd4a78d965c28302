from .._api import Findings, Proposal, rule
from ._helpers import report_problems


@rule("B063", fixable=True, markdown="off")
def link_markup(proposal: Proposal) -> Findings:
    """Link is not written as a link.

    A link is ```text <URL>`__`` with a backtick on each side and a blank before the URL, and
    its URL may be further below, as ``.. _text: URL``. With a mark too few, or in another
    order, readers see the URL as part of the text, or do not see it at all.

    Bad::

        See the documentation_ first.

        .. documentation_: https://example.org/

    Good::

        See the documentation_ first.

        .. _documentation: https://example.org/
    """
    return report_problems(proposal, "link")
