from .._api import Finding, Findings, Proposal, rule
from ._helpers import iter_problems, problem_edits


@rule("B061", fixable=True)
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
    for problem in iter_problems(proposal, "directive-text"):
        edits = problem_edits(proposal, problem)
        yield Finding(problem.location.span, problem.message, problem.help, edits)
