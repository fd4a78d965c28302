from .._api import Finding, Findings, Proposal, rule
from ._helpers import iter_problems
from ._markdown import MarkdownFences


@rule("B069", fixable=True, markdown="off")
def markdown_fence(proposal: Proposal) -> Findings:
    """Code is between Markdown fences.

    To the parser, three backticks or tildes are text, and so is the code between them: its
    lines are joined, and its stars and underscores are markup. Use a directive, and indent
    the code.

    Bad::

        ```python
        app = create_app()
        ```

    Good::

        .. code-block:: python

           app = create_app()
    """
    fences = MarkdownFences(proposal)
    for problem in iter_problems(proposal, "fence"):
        edits = fences.edits(problem.location.line)
        yield Finding(problem.location.span, problem.message, problem.help, edits)
