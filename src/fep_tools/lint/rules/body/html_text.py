from .._api import Finding, Findings, Proposal, quote, rule, Severity
from ._helpers import iter_problems


@rule("B078", severity=Severity.WARNING)
def html_text(proposal: Proposal) -> Findings:
    """HTML is shown as it is written.

    A proposal is published by a community, and HTML could run programs in the browsers of its
    readers. So it is not passed on: only comments, ``<br>``, ``<sub>``, ``<sup>``, ``<kbd>``,
    anchors and ``<details>`` with ``<summary>``, which are shown open, have the effect that they
    have on other sites. Write the text in Markdown, or put code in backticks.

    Bad::

        # fep/process.toml
        dialect = "yaml"
        # proposals/fep-0007.md
        ---
        FEP: 7
        ---

        A <font color="red">view</font> has a type.

    Good::

        # fep/process.toml
        dialect = "yaml"
        # proposals/fep-0007.md
        ---
        FEP: 7
        ---

        A **view** has a type.
    """
    for problem in iter_problems(proposal, "html"):
        message = f"{quote(problem.name)} is HTML, which is shown as it is written"
        help_ = "write it in Markdown, or put it in backticks if it is code"
        yield Finding(problem.location.span, message, help_)
