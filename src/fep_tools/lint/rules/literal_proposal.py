from collections.abc import Iterator

from ...diagnostic import Edit, Finding, Severity
from ...process import Process
from ...proposal import Corpus, Proposal
from ...text import quote
from ..bodies import facts, is_apart
from ..links import named, Reference
from ..rule import rule


@rule("B024", severity=Severity.STYLE, fixable=True)
def literal_proposal(proposal: Proposal, process: Process, corpus: Corpus) -> Iterator[Finding]:
    """A proposal is named in a literal.

    It is no code, and a role would link it.

    Bad::

        # proposals/fep-0007.rst
        FEP: 7
        Title: Typed views

        This goes on from ``FEP 12``.

        # proposals/fep-0012.rst
        FEP: 12
        Title: Typed requests

    Good::

        # proposals/fep-0007.rst
        FEP: 7
        Title: Typed views

        This goes on from :fep:`12`.

        # proposals/fep-0012.rst
        FEP: 12
        Title: Typed requests
    """
    for literal in facts(proposal).literals:
        (target,) = named(literal.name, process.acronym)
        if corpus.get(target) and target != proposal.number:
            written = Reference(process.acronym.lower(), target).written()
            fits = is_apart(proposal, literal.place)
            edits = (Edit(literal.place.span, written),) if fits else ()
            message = f"{quote(literal.name)} is a literal; write {written}"
            yield Finding(literal.place.span, message, edits=edits)
