from collections.abc import Iterator

from ....diagnostics import Finding, Severity
from ....process.model import Process
from ....proposals.model import Corpus, Proposal
from ...rule import rule
from ._helpers import named, others, told_at


@rule("L005", severity=Severity.WARNING)
def successor_superseded(proposal: Proposal, process: Process, corpus: Corpus) -> Iterator[Finding]:
    """A proposal is superseded by one that is superseded itself.

    Readers want what holds today. The header may name every successor; the last of them
    should be there.

    Bad::

        # proposals/fep-0005.rst
        FEP: 5
        Title: Views
        Status: Superseded
        Superseded-By: 7

        # proposals/fep-0007.rst
        FEP: 7
        Title: Typed views
        Status: Superseded
        Superseded-By: 12

        # proposals/fep-0012.rst
        FEP: 12
        Title: Views with types
        Status: Final

    Good::

        # proposals/fep-0005.rst
        FEP: 5
        Title: Views
        Status: Superseded
        Superseded-By: 7, 12

        # proposals/fep-0007.rst
        FEP: 7
        Title: Typed views
        Status: Superseded
        Superseded-By: 12

        # proposals/fep-0012.rst
        FEP: 12
        Title: Views with types
        Status: Final
    """
    there = {number for number, _span in named(proposal, "superseded_by")}
    for successor, span in others(proposal, "superseded_by", corpus):
        last = _last(successor, corpus)
        if last not in (None, successor, proposal) and last.number not in there:
            label = process.label(last.number)
            what = f"{process.label(successor.number)}, which is superseded itself"
            message = f"'{process.header_name('superseded_by')}' names {what}; add {label}"
            related = (told_at(successor, "superseded_by", "goes on here"),)
            yield Finding(span, message, related=related)


def _last(proposal: Proposal, corpus: Corpus) -> Proposal | None:
    """Where the successors of *proposal* end; ``None`` where they go round in a circle."""
    seen = {proposal.number}
    while following := next(others(proposal, "superseded_by", corpus), None):
        proposal = following[0]
        if proposal.number in seen:
            return None
        seen.add(proposal.number)
    return proposal
