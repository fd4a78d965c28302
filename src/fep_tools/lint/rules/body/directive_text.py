from .._api import Findings, Proposal, rule
from ._helpers import report_problems


@rule("B061", fixable=True, markdown="off")
def directive_text(proposal: Proposal) -> Findings:
    """Directive is shown as text.

    A directive begins with two dots and a blank, ends its name with two colons, and has a
    blank line before it. Otherwise it is part of a paragraph, and its content is not code, a
    note or an image.

    Bad::

        ... note:: Do not call it twice.

    Good::

        .. note:: Do not call it twice.
    """
    return report_problems(proposal, "directive-text")
