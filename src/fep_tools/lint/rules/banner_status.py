from collections.abc import Iterator

from ...diagnostic import Finding
from ...process import Process
from ...proposal import Proposal
from ...text import listed
from ..bodies import facts
from ..relations import told_at
from ..rule import rule


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
            what = f"the banner '{banner.name}' is for {listed(statuses)}"
            message = f"{what}, and the status is {proposal.status}; remove it"
            related = (told_at(proposal, "status", "or change the status"),)
            yield Finding(banner.place.span, message, related=related)
