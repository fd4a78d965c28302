from collections.abc import Iterator

from ...diagnostic import Finding
from ...proposal import Proposal
from ..bodies import problems, retitled
from ..rule import rule


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
        line = problem.place.line
        at = line - 1 if "under" in problem.message else line + 1
        edits = retitled(proposal, at, proposal.lines[at - 1].rstrip())
        yield Finding(problem.place.span, problem.message, problem.help, edits)
