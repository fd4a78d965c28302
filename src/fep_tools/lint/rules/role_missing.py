from collections.abc import Iterator

from ...diagnostic import Edit
from ...diagnostic import Finding
from ...diagnostic import Severity
from ...proposal import Proposal
from ...text import quote
from ..bodies import problems
from ..bodies import source
from ..rule import rule


@rule("B008", severity=Severity.WARNING, fixable=True)
def role_missing(proposal: Proposal) -> Iterator[Finding]:
    """Text stands between single backquotes, without a role.

    In Markdown that is code. In reStructuredText it is the title of a work, in italics; code
    stands between double backquotes.

    Bad::

        FEP: 7
        Title: Typed views

        Call `app.route` first.

    Good::

        FEP: 7
        Title: Typed views

        Call ``app.route`` first.
    """
    for problem in problems(proposal, "quotes"):
        written = source(proposal, problem.place)
        whole = written == f"`{problem.name}`"
        edits = (Edit(problem.place.span, f"`{written}`"),) if whole else ()
        message = f"{quote(problem.name)} stands between single backquotes; write two on each side"
        yield Finding(problem.place.span, message, edits=edits)
