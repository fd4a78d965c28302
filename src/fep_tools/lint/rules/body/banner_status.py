from .._api import Finding, Findings, join_words, Process, Proposal, rule
from .._relations import related_header
from ._helpers import get_body


@rule("B030", affects_page=False)
def banner_status(proposal: Proposal, process: Process) -> Findings:
    """Banner contradicts the status.

    Readers see the banner first. It is written by hand, and is easily forgotten when the
    status changes. Remove the banner, or correct the status.

    Bad::

        Status: Draft

        .. living-document:: https://example.org/views

    Good::

        Status: Final

        .. living-document:: https://example.org/views
    """
    statuses_of = {banner.name: banner.statuses for banner in process.banners if banner.statuses}
    for banner in get_body(proposal).banners:
        statuses = statuses_of.get(banner.name)
        if statuses and proposal.status and proposal.status not in statuses:
            what = f"the banner '{banner.name}' is for {join_words(statuses)}"
            message = f"{what}, but the status is {proposal.status}; remove it"
            related = (related_header(proposal, "status", "or change the status"),)
            yield Finding(banner.location.span, message, related=related)
