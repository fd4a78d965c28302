from .._api import Finding, Findings, Proposal, rule
from ._helpers import iter_problems, retitle_edits


@rule("B007", fixable=True, markdown="off")
def title_underline(proposal: Proposal) -> Findings:
    """Underline or overline of a title is too short.

    The title is still recognised, but if the line had fewer than four characters, the title
    would be plain text. Make the line as long as the title.

    Bad::

        Specification
        ===========

        A view returns its type.

    Good::

        Specification
        =============

        A view returns its type.
    """
    for problem in iter_problems(proposal, "underline"):
        line = problem.location.line
        title = line - 1 if "under" in problem.message else line + 1
        edits = retitle_edits(proposal, title, proposal.lines[title - 1].rstrip())
        yield Finding(problem.location.span, problem.message, problem.help, edits)
