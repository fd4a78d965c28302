from .._api import Finding, Findings, Proposal, rule
from ._helpers import iter_problems


@rule("B001")
def markup(proposal: Proposal) -> Findings:
    """Markup is not valid reStructuredText.

    The parser omits text that it does not understand, or shows it unchanged. The message says
    what was found and what was probably meant. Correct the markup.

    Bad::

        This is **important.

        See the `Specification`_.

    Good::

        This is **important.**

        See the Specification_.

        Specification
        =============

        A view returns its type.
    """
    for problem in iter_problems(proposal, "markup"):
        yield Finding(problem.location.span, problem.message, problem.help)
