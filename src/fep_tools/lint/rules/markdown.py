from collections.abc import Iterator

from ...diagnostic import Finding, Severity
from ...proposal import Proposal
from ...text import quote
from ..bodies import problems
from ..rule import rule


@rule("B038", severity=Severity.WARNING)
def markdown(proposal: Proposal) -> Iterator[Finding]:
    """Something is written as in Markdown, and shown as it is written.

    Titles with ``#``, code between lines of three backquotes, and links with brackets are
    plain text in reStructuredText.

    Bad::

        FEP: 7
        Title: Typed views

        # How it works

        A view [returns](https://example.org/returns) its type.

    Good::

        FEP: 7
        Title: Typed views

        How it works
        ============

        A view `returns <https://example.org/returns>`__ its type.
    """
    for problem in problems(proposal, "markdown"):
        message = f"{quote(problem.name)} {problem.message}; {problem.help}"
        yield Finding(problem.place.span, message)
