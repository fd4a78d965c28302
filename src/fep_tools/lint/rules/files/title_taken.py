from collections.abc import Iterator

from ....diagnostics import Finding, Related, Severity, Span
from ....process.model import Process
from ....proposals.model import Corpus, Proposal
from ...rule import rule
from ..relations._helpers import is_dead


@rule("C011", severity=Severity.WARNING)
def title_taken(corpus: Corpus, process: Process) -> Iterator[Finding]:
    """Two proposals have the same title.

    In the index and in searches nobody can tell them apart. One that came to nothing, or was
    replaced, may lend its title to its successor.

    Bad::

        # proposals/fep-0007.rst
        FEP: 7
        Title: Typed views
        Status: Draft

        # proposals/fep-0012.rst
        FEP: 12
        Title: Typed Views
        Status: Draft

    Good::

        # proposals/fep-0007.rst
        FEP: 7
        Title: Typed views
        Status: Draft

        # proposals/fep-0012.rst
        FEP: 12
        Title: Typed requests
        Status: Draft
    """
    known: dict[str, Proposal] = {}
    for proposal in corpus:
        title = " ".join(proposal.title.casefold().split())
        if not title or is_dead(proposal, process):
            continue
        first = known.setdefault(title, proposal)
        if first.number != proposal.number:
            message = f"{process.label(first.number)} has the same title; tell what differs"
            related = (Related(first.path, _place(first), "the other title"),)
            yield Finding(_place(proposal), message, related=related, path=proposal.path)


def _place(proposal: Proposal) -> Span:
    if field := proposal.field("title"):
        return field.span()
    headings = proposal.body.headings if proposal.body else ()
    return headings[0].location.span if headings else Span()
