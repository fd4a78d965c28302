from .._api import Corpus, Finding, Findings, Process, Proposal, rule, Severity
from .._relations import related_header
from ._links import linked_proposals


@rule("B077", severity=Severity.STYLE)
def link_rank(proposal: Proposal, process: Process, corpus: Corpus) -> Findings:
    """Proposal links to one that is less advanced.

    What is decided should not rest on what may still change. Advance the other proposal first,
    or make sure that it is only mentioned.

    Bad::

        # proposals/fep-0005.rst
        Status: Draft

        # proposals/fep-0007.rst
        Status: Accepted

        The types are those of :fep:`5`.

    Good::

        # proposals/fep-0005.rst
        Status: Accepted

        # proposals/fep-0007.rst
        Status: Accepted

        The types are those of :fep:`5`.
    """
    status = process.status(proposal.status)
    if status is None or status.closed:
        return
    for link, other in linked_proposals(proposal, process, corpus):
        linked = process.status(other.status)
        if linked and not linked.closed and linked.rank < status.rank:
            what = f"{process.label(other.number)}, which is only {linked.name}"
            related = related_header(other, "status", "its status")
            message = f"the link leads to {what}, while this one is {status.name}"
            yield Finding(link.location.span, message, related=(related,))
