from ....proposals.relations import locate_references
from .._api import Corpus, Finding, Findings, Process, Proposal, rule, Severity
from .._relations import related_header, resolve_references

MAX_SUCCESSORS = 50
"""How many successors are followed: a thousand proposals may each have all others as theirs."""


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
        latest = _find_latest(successor, corpus)
        if latest not in (None, successor, proposal) and latest.number not in named:
            message = (
                f"'{process.header_name('superseded_by')}' names "
                f"{process.label(successor.number)}, which is superseded itself; "
                f"add {process.label(latest.number)}"
            )
            related = related_header(successor, "superseded_by", "its successor")
            yield Finding(span, message, related=(related,))


def _find_latest(proposal: Proposal, corpus: Corpus) -> Proposal | None:
    """Return the end of a chain of successors; ``None`` for a cycle or a chain that is too long."""
    seen = {proposal.number}
    while len(seen) <= MAX_SUCCESSORS + 1:
        others = map(corpus.get, proposal.numbers("superseded_by"))
        successor = next((o for o in others if o and o.number != proposal.number), None)
        if successor is None:
            return proposal
        if successor.number in seen:
            return None
        seen.add(successor.number)
        proposal = successor
    return None
