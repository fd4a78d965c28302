from collections.abc import Iterator

from ....diagnostics import Finding
from ....proposals.model import Proposal
from ...rule import rule
from ._helpers import problems, retitled


@rule("B007", fixable=True)
def title_underline(proposal: Proposal) -> Iterator[Finding]:
    """The line under or over a title is shorter than the title.

    The title is read all the same, but another character more and it would be taken for
    text.

    Bad::

        FEP: 7
        Title: Typed views

        Specification
        ===========

        A view returns its type.

    Good::

        FEP: 7
        Title: Typed views

        Specification
        =============

        A view returns its type.
    """
    for problem in problems(proposal, "underline"):
        line = problem.location.line
        at = line - 1 if "under" in problem.message else line + 1
        edits = retitled(proposal, at, proposal.lines[at - 1].rstrip())
        yield Finding(problem.location.span, problem.message, problem.help, edits)
