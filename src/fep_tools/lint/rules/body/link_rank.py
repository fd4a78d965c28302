from .._api import Corpus, Finding, Findings, Process, Proposal, rule, Severity
from .._relations import related_header
from ._helpers import get_body
from ._links import target_number


@rule("B077", severity=Severity.STYLE)
def link_rank(proposal: Proposal, process: Process, corpus: Corpus) -> Findings:
    """Proposal links to one that is less advanced.

    What is decided should not rest on what may still change. Advance the other proposal first,
    or make sure that it is only mentioned.

    Bad::

        # proposals/fep-0005.rst
        FEP: 5
        Title: Views
        Status: Draft

        # proposals/fep-0007.rst
        FEP: 7
        Title: Typed views
        Status: Accepted

        The types are those of :fep:`5`.

    Good::

        # proposals/fep-0005.rst
        FEP: 5
        Title: Views
        Status: Accepted

        # proposals/fep-0007.rst
        FEP: 7
        Title: Typed views
        Status: Accepted

        The types are those of :fep:`5`.
    """
    status = process.status(proposal.status)
    if status is None or status.closed:
        return
    for link in get_body(proposal).links:
        target = target_number(link) if link.role == process.acronym.lower() else None
        other = corpus.get(target) if target is not None else None
        linked = process.status(other.status) if other is not None else None
        if other is None or linked is None or linked.closed or linked.rank >= status.rank:
            continue
        message = (
            f"the link leads to {process.label(target)}, which is only {linked.name}, "
            f"while this one is {status.name}"
        )
        related = related_header(other, "status", "its status")
        yield Finding(link.location.span, message, related=(related,))
