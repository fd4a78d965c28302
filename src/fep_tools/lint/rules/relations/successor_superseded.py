from ....proposals.relations import locate_references
from .._api import Corpus, Finding, Findings, Process, Proposal, rule, Severity
from .._relations import related_header, resolve_references


@rule("L005", severity=Severity.WARNING)
def successor_superseded(proposal: Proposal, process: Process, corpus: Corpus) -> Findings:
    """Successor has itself been superseded.

    Readers want to know what is valid today. The header may list every successor; the latest
    must be among them. Add it.

    Bad::

        # proposals/fep-0005.rst
        Status: Superseded
        Superseded-By: 7

        # proposals/fep-0007.rst
        Status: Superseded
        Superseded-By: 12

        # proposals/fep-0012.rst
        FEP: 12
        Title: Views with types
        Status: Final

    Good::

        # proposals/fep-0005.rst
        Status: Superseded
        Superseded-By: 7, 12

        # proposals/fep-0007.rst
        Status: Superseded
        Superseded-By: 12

        # proposals/fep-0012.rst
        FEP: 12
        Title: Views with types
        Status: Final
    """
    named = {number for number, _span in locate_references(proposal, "superseded_by", process)}
    for successor, span in resolve_references(proposal, "superseded_by", corpus, process):
        latest = _find_latest(successor, corpus, process)
        if latest not in (None, successor, proposal) and latest.number not in named:
            message = (
                f"'{process.header_name('superseded_by')}' names "
                f"{process.label(successor.number)}, which is superseded itself; "
                f"add {process.label(latest.number)}"
            )
            related = related_header(successor, "superseded_by", "its successor")
            yield Finding(span, message, related=(related,))


def _find_latest(proposal: Proposal, corpus: Corpus, process: Process) -> Proposal | None:
    """Return the end of a chain of successors; ``None`` if the chain is a cycle."""
    seen = {proposal.number}
    while found := next(resolve_references(proposal, "superseded_by", corpus, process), None):
        proposal = found[0]
        if proposal.number in seen:
            return None
        seen.add(proposal.number)
    return proposal
