from .._api import Finding, Findings, Proposal, quote, rule, Severity
from ._helpers import iter_problems


@rule("B038", severity=Severity.WARNING)
def markdown(proposal: Proposal) -> Findings:
    """Markdown syntax is shown literally.

    Headings with ``#``, fences of three backticks and links with brackets are plain text in
    reStructuredText. Use the syntax of reStructuredText.

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
    for problem in iter_problems(proposal, "markdown"):
        message = f"{quote(problem.name)} {problem.message}; {problem.help}"
        yield Finding(problem.location.span, message)
