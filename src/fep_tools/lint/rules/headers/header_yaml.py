from .._api import Finding, Findings, Proposal, rule


@rule("H135")
def header_yaml(proposal: Proposal) -> Findings:
    """Headers are not YAML.

    No program can read the values of broken YAML, and what other rules say about these headers is
    a guess. A value that begins with a bracket or a quotation mark, or that has a colon or a
    number sign with a blank beside it, needs quotation marks. Anchors, aliases and values that
    are nested very deeply are not accepted.

    Bad::

        # fep/process.toml
        dialect = "yaml"
        # proposals/fep-0007.rst
        ---
        FEP: 7
        Status: "Draft
        ---

    Good::

        # fep/process.toml
        dialect = "yaml"
        # proposals/fep-0007.rst
        ---
        FEP: 7
        Status: "Draft"
        ---
    """
    if problem := proposal.preamble.problem:
        message = f"the block of headers {problem.message}"
        yield Finding(problem.span, message, help="put values with such signs in quotation marks")
