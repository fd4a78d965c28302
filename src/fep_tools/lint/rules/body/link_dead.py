from .._api import Corpus, Finding, Findings, Process, Proposal, rule, Severity
from .._relations import is_dead, related_header
from ._helpers import get_body
from ._links import target_number


@rule("B034", severity=Severity.STYLE, affects_page=False)
def link_dead(proposal: Proposal, process: Process, corpus: Corpus) -> Findings:
    """Open proposal links to a rejected, withdrawn or superseded one.

    Such a link may be right, for example to explain history. But a proposal that is not
    settled should not build on one that failed.

    Bad::

        # proposals/fep-0005.rst
        FEP: 5
        Title: Views
        Status: Rejected

        # proposals/fep-0007.rst
        FEP: 7
        Title: Typed views
        Status: Draft

        The types are those of :fep:`5`.

    Good::

        # proposals/fep-0005.rst
        FEP: 5
        Title: Views
        Status: Final

        # proposals/fep-0007.rst
        FEP: 7
        Title: Typed views
        Status: Draft

        The types are those of :fep:`5`.
    """
    status = process.status(proposal.status)
    if status is None or status.settled:
        return
    for link in get_body(proposal).links:
        target = target_number(link) if link.role == process.acronym.lower() else None
        other = corpus.get(target) if target is not None else None
        if other is None or target is None or not is_dead(other, process):
            continue
        message = (
            f"the link leads to {process.label(target)}, which is {other.status}; "
            "do not depend on it"
        )
        related = related_header(other, "status", "its status")
        yield Finding(link.location.span, message, related=(related,))
