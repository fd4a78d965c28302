from collections.abc import Iterator

from ...._text import quote
from ....diagnostics import Finding
from ....process.model import Process
from ....proposals.model import Corpus, Proposal
from ...rule import rule
from ._helpers import facts
from ._links import number


@rule("B021")
def link_missing(proposal: Proposal, process: Process, corpus: Corpus) -> Iterator[Finding]:
    """A link leads to a proposal that does not exist.

    Readers get an error page. Often two digits changed places, or the other proposal is not
    merged yet.

    Bad::

        FEP: 7
        Title: Typed views

        See :fep:`99` for the types.

    Good::

        FEP: 7
        Title: Typed views

        See :fep:`7` for the types.
    """
    for link in facts(proposal).links:
        if link.role != process.acronym.lower():
            continue
        target = number(link)
        if target is None:
            such = f":{link.role}:`{process.first_number}`"
            message = f"{quote(link.target)} is no number of a proposal; write it such as {such}"
            yield Finding(link.location.span, message)
        elif corpus.get(target) is None:
            message = f"the link leads to {process.label(target)}, which does not exist"
            yield Finding(link.location.span, message)
