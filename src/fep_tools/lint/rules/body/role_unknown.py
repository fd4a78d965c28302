from ....proposals.rst.allowlist import LABEL_ROLES, ROLES
from .._api import Finding, Findings, Process, Proposal, quote, rule, Suggestions
from ._helpers import iter_problems


@rule("B004")
def role_unknown(proposal: Proposal, process: Process) -> Findings:
    """Role is unknown.

    The page shows the text of the role, but without the link or the format that was meant.
    Correct the name, or write a literal.

    Bad::

        A view is a :mathh:`f(x)`.

    Good::

        A view is a :math:`f(x)`.
    """
    own = (process.acronym.lower(), *(role.name for role in process.roles))
    roles = (
        *own,
        *ROLES,
        *LABEL_ROLES,
        *(name for name in process.literal_roles if "*" not in name),
    )
    suggestions = Suggestions()
    for problem in iter_problems(proposal, "role"):
        meant = suggestions.closest(problem.name, roles)
        role, literal = f":{meant}:", "a ``literal``"
        if proposal.is_markdown:
            role, literal = f"{{{meant}}}", "`code`"
        advice = f"did you mean {role}?" if meant else f"use {literal} instead"
        message = f"the role {quote(problem.name)} is unknown; {advice}"
        yield Finding(problem.location.span, message)
