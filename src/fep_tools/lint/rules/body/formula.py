from .._api import Finding, Findings, Proposal, quote, rule, Severity
from ._helpers import iter_problems

_MAX_QUOTED = 60


@rule("B051", severity=Severity.WARNING)
def formula(proposal: Proposal) -> Findings:
    r"""Formula cannot be shown.

    A formula is written in LaTeX, and shown as MathML. Commands of packages are not available,
    and definitions of commands are not either. Readers see the source of a formula that cannot be
    converted. Correct the formula, or write it with other commands.

    Bad::

        The number of views is :math:`\sumn{i}`.

    Good::

        The number of views is :math:`\sum_n i`.
    """
    for problem in iter_problems(proposal, "formula"):
        source = " ".join(problem.name.split())
        shown = source if len(source) <= _MAX_QUOTED else f"{source[:_MAX_QUOTED]}..."
        yield Finding(problem.location.span, f"the formula {quote(shown)} {problem.message}")
