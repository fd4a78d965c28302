from collections.abc import Iterator

from ...._text import quote
from ....diagnostics import Finding
from ....notes.store import NoteStore
from ....proposals.model import Proposal
from ...rule import rule
from ._helpers import notes


@rule("N012")
def snippet_unnamed(proposal: Proposal, evidence: NoteStore) -> Iterator[Finding]:
    """A snippet has no name.

    What it has shown is kept under its name, which stays when the snippet changes.

    Bad::

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
    for note in notes(proposal, evidence):
        for snippet in note.snippets:
            if not snippet.is_named:
                found = f"is named {quote(snippet.name)}" if snippet.name else "has no name"
                such = f":name: {note.framework or 'sanic'}-what-it-shows"
                yield Finding(snippet.location.span, f"the snippet {found}; write such as {such}")
