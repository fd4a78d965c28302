from .._api import Finding, Findings, Proposal, rule, Severity
from ._helpers import iter_problems
from ._markdown import MarkdownMarks


@rule("B038", severity=Severity.WARNING, fixable=True, markdown="off")
def markdown(proposal: Proposal) -> Findings:
    """Markdown syntax is shown literally.

    Headings with ``#``, links with brackets, tables of pipes, struck text and HTML tags are
    plain text in reStructuredText. Use the syntax of reStructuredText.

    Bad::

        FEP: 7
        Title: Typed views

        # How it works

        A view [returns](https://example.org/returns) its type.

    Good::

        How it works
        ============

        A view `returns <https://example.org/returns>`__ its type.
    """
    marks = MarkdownMarks(proposal)
    for problem in iter_problems(proposal, "markdown"):
        message = f"{problem.message}; {problem.help}" if problem.help else problem.message
        yield Finding(problem.location.span, message, edits=marks.edits(problem))
