from collections.abc import Iterator

from ...allowed import ROLES
from ...diagnostic import Finding
from ...process import Process
from ...proposal import Proposal
from ...text import nearest, quote
from ..bodies import problems
from ..rule import rule


@rule("B004")
def role_unknown(proposal: Proposal, process: Process) -> Iterator[Finding]:
    """A role is not one that proposals may use.

    The page shows its text without the link or the look that was meant.

    Bad::

        FEP: 7
        Title: Typed views

        This follows :pap:`484`.

    Good::

        FEP: 7
        Title: Typed views

        This follows :pep:`484`.
    """
    own = (process.acronym.lower(), *(role.name for role in process.roles))
    known = (*own, *ROLES, *(name for name in process.literals if "*" not in name))
    for problem in problems(proposal, "role"):
        meant = nearest(problem.name, known)
        instead = f"did you mean :{meant}:?" if meant else "write ``it`` as a literal"
        yield Finding(problem.place.span, f"the role {quote(problem.name)} is unknown; {instead}")
