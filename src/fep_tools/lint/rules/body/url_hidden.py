import re

from .._api import Finding, Findings, Process, Proposal, rule, Severity, Span
from ._helpers import get_body
from ._links import reference_for_url

_URL = re.compile(r"https?://[^\s<>`\"']+", re.IGNORECASE)


@rule("B076", severity=Severity.STYLE, markdown="off")
def url_hidden(proposal: Proposal, process: Process) -> Findings:
    """URL in a header, a literal or a comment can be written as a role.

    The rule ``link-bare`` reports links. A URL that is not a link is wrong as soon as the site
    moves, too. Write the role, or the short name where no role is possible.

    Bad::

        .. See https://peps.python.org/pep-0484/ for the type hints.

    Good::

        .. See PEP 484 for the type hints.
    """
    # The URL of a link may be on its last line, and that of ".. _name:" on the next one.
    linked = {
        (link.target, number)
        for link in get_body(proposal).links
        for number in range(link.location.line, link.location.end_line + 2)
    }
    for number, line in enumerate(proposal.lines, start=1):
        for match in _URL.finditer(line):
            url = match[0].rstrip(".,;:!?)]}")
            span = Span(number, match.start() + 1, number, match.start() + len(url) + 1)
            reference = reference_for_url(url, process)
            if reference and (url, number) not in linked:
                message = f"use {reference.format()} or the short name instead of the URL"
                yield Finding(span, message)
