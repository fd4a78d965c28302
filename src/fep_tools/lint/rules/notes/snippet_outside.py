from collections.abc import Iterator

from ....diagnostics import Finding
from ....notes.model import snippets_outside
from ....notes.store import NoteStore
from ....proposals.model import Proposal
from ...rule import rule
from ._helpers import called


@rule("N014")
def snippet_outside(proposal: Proposal, evidence: NoteStore) -> Iterator[Finding]:
    """A snippet stands in no note.

    Nothing says which framework it is for, so that nobody runs it, and readers take it for checked.

    Bad::

        FEP: 7
        Title: Typed views

        Rationale
        =========

        .. code-block:: python
           :class: fep-check
           :name: sanic-view

           from sanic import Sanic

           Sanic("demo").name   #> 'demo'

    Good::

        FEP: 7
        Title: Typed views

        Cross-Framework Notes
        =====================

        Sanic
        -----

        :Stance: similar

        A view may declare what it returns.

        .. code-block:: python
           :class: fep-check
           :name: sanic-view

           from sanic import Sanic

           Sanic("demo").name   #> 'demo'
    """
    if evidence.table is None or proposal.body is None:
        return
    for snippet in snippets_outside(proposal.body, evidence.notes(proposal.body)):
        where = f"put it into a note, under '{evidence.table.section}'"
        message = f"{called(snippet)} belongs to no framework; {where}, or take away its class"
        yield Finding(snippet.location.span, message)
