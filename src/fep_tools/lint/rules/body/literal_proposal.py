from collections.abc import Iterator

from ...._text import quote
from ....diagnostics import Edit, Finding, Severity
from ....process.model import Process
from ....proposals.model import Corpus, Proposal
from ...rule import rule
from ._helpers import facts, is_apart
from ._links import named, Reference


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
            fits = is_apart(proposal, literal.location)
            edits = (Edit(literal.location.span, written),) if fits else ()
            message = f"{quote(literal.name)} is a literal; write {written}"
            yield Finding(literal.location.span, message, edits=edits)
