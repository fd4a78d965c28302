from collections.abc import Iterator

from ...._text import quote
from ....diagnostics import Finding, Severity
from ....proposals.model import Proposal
from ...rule import rule
from ._helpers import problems


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
        yield Finding(problem.location.span, message)
