from collections.abc import Iterator

from ...._text import quote
from ....diagnostics import Edit, Finding, Severity
from ....process.model import Process
from ....proposals.model import Corpus, Proposal
from ...rule import rule
from ._helpers import facts, is_apart
from ._links import named, number, Reference


@rule("B025", severity=Severity.STYLE, fixable=True)
def mention_unlinked(proposal: Proposal, process: Process, corpus: Corpus) -> Iterator[Finding]:
    """A proposal is named for the first time, and not linked.

    Readers want to look it up where they meet it. After the first time, the name alone will
    do.

    Bad::

        # proposals/fep-0007.rst
        FEP: 7
        Title: Typed views

        This goes on from FEP 12.

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
    role = process.acronym.lower()
    body = facts(proposal)
    linked = {number(link): link.location for link in reversed(body.links) if link.role == role}
    for mention in body.mentions:
        (target,) = named(mention.name, process.acronym)
        if target == proposal.number or corpus.get(target) is None:
            continue
        if target not in linked or mention.location < linked[target]:
            linked[target] = mention.location
            written = Reference(role, target).written()
            edits = (
                (Edit(mention.location.span, written),)
                if is_apart(proposal, mention.location)
                else ()
            )
            message = f"{quote(mention.name)} is named here first; write {written}"
            yield Finding(mention.location.span, message, edits=edits)
