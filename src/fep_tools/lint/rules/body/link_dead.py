from collections.abc import Iterator

from ....diagnostics import Finding, Severity
from ....process.model import Process
from ....proposals.model import Corpus, Proposal
from ...rule import rule
from ..relations._helpers import is_dead, status_of, told_at
from ._helpers import facts
from ._links import number


@rule("B034", severity=Severity.STYLE)
def link_dead(proposal: Proposal, process: Process, corpus: Corpus) -> Iterator[Finding]:
    """A proposal that is being worked on links one that came to nothing.

    It may well have to, to say why. But what it rests on should not be there.

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
    status = status_of(proposal, process)
    if status is None or status.settled:
        return
    told: set[int] = set()
    for link in facts(proposal).links:
        target = number(link) if link.role == process.acronym.lower() else None
        other = corpus.get(target) if target is not None else None
        if other is None or target is None or target in told or not is_dead(other, process):
            continue
        told.add(target)
        message = f"the link leads to {process.label(target)}, which is {other.status}"
        yield Finding(
            link.location.span, message, related=(told_at(other, "status", "its status"),)
        )
