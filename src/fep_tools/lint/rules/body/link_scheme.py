from ....proposals.rst.allowlist import IMPOSSIBLE_HOST, NO_HOST, USER_NAME
from .._api import Finding, Findings, Proposal, quote, rule
from ._helpers import iter_problems


@rule("B005")
def link_scheme(proposal: Proposal) -> Findings:
    """Link scheme is not allowed.

    A ``javascript:`` link runs code in the browser of the reader, a ``file:`` link points to
    the reader's own computer, and browsers no longer open ``ftp:`` links. Link to a web page
    or an email address. Any word before a colon can become such a link by accident. Without
    ``https://`` and a host, a browser looks for a file next to the page.

    Bad::

        The measurements are at ftp://ftp.example.org/views.csv

    Good::

        The measurements are at https://example.org/views.csv
    """
    code = "backticks, as in `file://`"
    code = code if proposal.is_markdown else "double backticks, as in ``file://``"
    help_ = f"if it is not meant as a link, use {code}"
    for problem in iter_problems(proposal, "scheme"):
        what = f"the link {quote(problem.name)} {problem.message}"
        if problem.message == USER_NAME:
            yield Finding(problem.location.span, f"{what}; remove it")
        elif problem.message == NO_HOST:
            message = f"{what}; write it in full, such as https://example.org/"
            yield Finding(problem.location.span, message, help_)
        elif problem.message == IMPOSSIBLE_HOST:
            yield Finding(problem.location.span, f"{what}; correct it", help_)
        else:
            yield Finding(problem.location.span, f"{what}; use https://", help_)
