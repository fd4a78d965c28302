from .._api import Corpus, Finding, Findings, Process, Proposal, rule, Severity
from .._relations import is_dead, related_header
from ._links import linked_proposals


@rule("B034", severity=Severity.STYLE, affects_page=False)
def link_dead(proposal: Proposal, process: Process, corpus: Corpus) -> Findings:
    """Open proposal links to a rejected, withdrawn or superseded one.

    Such a link may be right, for example to explain history. But a proposal that is not
    settled should not build on one that failed.

    Bad::

        # proposals/fep-0005.rst
        Status: Rejected

        # proposals/fep-0007.rst
        Status: Draft

        The types are those of :fep:`5`.

    Good::

        # proposals/fep-0005.rst
        Status: Final

        # proposals/fep-0007.rst
        Status: Draft

        The types are those of :fep:`5`.
    """
    status = process.status(proposal.status)
    if status is None or status.settled:
        return
    for link, other in linked_proposals(proposal, process, corpus):
        if is_dead(other, process):
            what = f"{process.label(other.number)}, which is {other.status}"
            related = related_header(other, "status", "its status")
            message = f"the link leads to {what}; do not depend on it"
            yield Finding(link.location.span, message, related=(related,))
