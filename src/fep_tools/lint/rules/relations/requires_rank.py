from .._api import Corpus, Finding, Findings, Process, Proposal, rule, Severity
from .._relations import related_header, resolve_references


@rule("L009", severity=Severity.WARNING)
def requires_rank(proposal: Proposal, process: Process, corpus: Corpus) -> Findings:
    """Proposal is ahead of one that it requires.

    A proposal is not more certain than the draft that it depends on. Advance the required
    proposal first, or remove the reference if it is not a real requirement.

    Bad::

        # proposals/fep-0005.rst
        Status: Draft

        # proposals/fep-0007.rst
        Status: Accepted
        Requires: 5

    Good::

        # proposals/fep-0005.rst
        Status: Accepted

        # proposals/fep-0007.rst
        Status: Accepted
        Requires: 5
    """
    status = process.status(proposal.status)
    if status is None or status.closed:
        return
    for other, span in resolve_references(proposal, "requires", corpus, process):
        required = process.status(other.status)
        if required and not required.closed and required.rank < status.rank:
            label = process.label(other.number)
            message = (
                f"'{process.header_name('requires')}' names {label}, which is only "
                f"{required.name}, while this one is {status.name}; advance {label} first"
            )
            yield Finding(span, message, related=(related_header(other, "status", "its status"),))
