from collections.abc import Iterator

from ....diagnostics import Finding, Span
from ....proposals.model import Proposal
from ...rule import rule
from ._helpers import problems


@rule("B002")
def body_lost(proposal: Proposal) -> Iterator[Finding]:
    """The parser fails on the text, or needs too much time or memory for it.

    Some texts do that, by accident or on purpose: a substitution that stands for itself, or
    a thousand lists within each other. No page can be made of such a text.

    Bad::

        FEP: 7
        Title: Typed views

        .. |view| replace:: |view| |view|

        A |view| has a type.

    Good::

        FEP: 7
        Title: Typed views

        .. |view| replace:: view function

        A |view| has a type.
    """
    for problem in problems(proposal, "crash"):
        help_ = "take away what was added last, until it can be read"
        yield Finding(Span(_first_line(proposal)), f"the text {problem.message}", help_)


def _first_line(proposal: Proposal) -> int:
    """The number of the first line of the body; what is wrong may be anywhere below."""
    start = proposal.preamble.last_line
    body = enumerate(proposal.lines[start:], start=start + 1)
    return next((number for number, line in body if line.strip()), max(start, 1))
