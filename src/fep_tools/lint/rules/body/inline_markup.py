from .._api import Findings, Proposal, rule
from ._helpers import report_problems


@rule("B060", fixable=True, markdown="off")
def inline_markup(proposal: Proposal) -> Findings:
    """Literal, role or emphasis is shown as text.

    A mark is missing, doubled, or next to a letter, so the parser takes the markup for text,
    and readers see the marks. Markup begins after a blank, ends before one, and cannot contain
    other markup.

    Bad::

        See :pep:``8`` for it.

    Good::

        See :pep:`8` for it.
    """
    return report_problems(proposal, "inline")
