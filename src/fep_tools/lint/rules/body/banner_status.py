from collections.abc import Iterator

from ...._text import join_words
from ....diagnostics import Finding
from ....process.model import Process
from ....proposals.model import Proposal
from ...rule import rule
from ..relations._helpers import told_at
from ._helpers import facts


@rule("B030")
def banner_status(proposal: Proposal, process: Process) -> Iterator[Finding]:
    """A banner contradicts the status.

    The banner is what readers see first. It is written by hand, and stays when the status
    changes.

    Bad::

        FEP: 7
        Title: Typed views
        Status: Draft

        .. living-document:: https://flask.palletsprojects.com/

    Good::

        FEP: 7
        Title: Typed views
        Status: Final

        .. living-document:: https://flask.palletsprojects.com/
    """
    fitting = {banner.name: banner.statuses for banner in process.banners if banner.statuses}
    for banner in facts(proposal).banners:
        statuses = fitting.get(banner.name)
        if statuses and proposal.status and proposal.status not in statuses:
            what = f"the banner '{banner.name}' is for {join_words(statuses)}"
            message = f"{what}, and the status is {proposal.status}; remove it"
            related = (told_at(proposal, "status", "or change the status"),)
            yield Finding(banner.location.span, message, related=related)
