from collections.abc import Iterator

from ....diagnostics import Finding
from ....proposals.model import Proposal
from ...rule import rule
from ._helpers import problems


@rule("B001")
def markup(proposal: Proposal) -> Iterator[Finding]:
    """The text is not sound reStructuredText.

    What the parser does not understand, it leaves out or shows as it stands. The message
    says in plain words what is there, and what was probably meant.

    Bad::

        FEP: 7
        Title: Typed views

        This is **important.

        See the `Specification`_.

    Good::

        FEP: 7
        Title: Typed views

        This is **important.**

        See the Specification_.

        Specification
        =============

        A view returns its type.
    """
    for problem in problems(proposal, "markup"):
        yield Finding(problem.location.span, problem.message, problem.help)
