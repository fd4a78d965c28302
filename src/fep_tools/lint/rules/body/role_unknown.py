from collections.abc import Iterator

from ...._text import closest_match, quote
from ....diagnostics import Finding
from ....process.model import Process
from ....proposals.model import Proposal
from ....proposals.rst.allowlist import ROLES
from ...rule import rule
from ._helpers import problems


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
    known = (*own, *ROLES, *(name for name in process.literal_roles if "*" not in name))
    for problem in problems(proposal, "role"):
        meant = closest_match(problem.name, known)
        instead = f"did you mean :{meant}:?" if meant else "write ``it`` as a literal"
        yield Finding(
            problem.location.span, f"the role {quote(problem.name)} is unknown; {instead}"
        )
