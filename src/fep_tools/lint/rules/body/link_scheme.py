from collections.abc import Iterator

from ...._text import quote
from ....diagnostics import Finding
from ....proposals.model import Proposal
from ...rule import rule
from ._helpers import problems


@rule("B005")
def link_scheme(proposal: Proposal) -> Iterator[Finding]:
    """A link leads to something other than a page or a mail address.

    A link that begins with ``javascript:`` runs in the reader's browser, ``file:`` leads into
    the reader's own computer, and browsers no longer open ``ftp:``. Any word before a colon
    can become such a link.

    Bad::

        FEP: 7
        Title: Typed views

        The measurements are at ftp://ftp.example.org/views.csv

    Good::

        FEP: 7
        Title: Typed views

        The measurements are at https://example.org/views.csv
    """
    help_ = "if it is no link, put it between double backquotes, as in ``file://``"
    for problem in problems(proposal, "scheme"):
        what = f"the link {quote(problem.name)} {problem.message}"
        yield Finding(problem.location.span, f"{what}; write one with https://", help_)
