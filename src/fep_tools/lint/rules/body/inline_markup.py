from .._api import Finding, Findings, Proposal, rule
from ._helpers import iter_problems, problem_edits


@rule("B060", fixable=True)
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
    for problem in iter_problems(proposal, "inline"):
        edits = problem_edits(proposal, problem)
        yield Finding(problem.location.span, problem.message, problem.help, edits)
