from .._api import Finding, Findings, Proposal, quote, rule
from ._helpers import iter_problems


@rule("B090", markdown="off")
def include_refused(proposal: Proposal) -> Findings:
    """Included file cannot be shown.

    Its text is missing from the page. A proposal may include files that are in its own directory
    or below it, if ``included`` in the process file names them. They are in UTF-8, and do not
    include others. Correct the name, add the file, or write the text into the proposal.

    Bad::

        # peps/pep-0007.rst
        PEP: 7
        Title: Typed views

        .. literalinclude:: pep-0008/views.py
           :language: python

    Good::

        .. code-block:: python

           app = create_app()
    """
    for problem in iter_problems(proposal, "include"):
        yield Finding(problem.location.span, f"the file {quote(problem.name)} {problem.message}")
