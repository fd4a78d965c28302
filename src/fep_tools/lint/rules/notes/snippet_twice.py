from collections.abc import Iterator

from ....diagnostics import Finding, Related
from ....notes.model import Snippet
from ....notes.store import NoteStore
from ....proposals.model import Proposal
from ...rule import rule
from ._helpers import called, notes


@rule("N013")
def snippet_twice(proposal: Proposal, evidence: NoteStore) -> Iterator[Finding]:
    """Two snippets have the same name.

    What the one has shown would be taken for what the other has.

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
           :name: sanic-view

           from sanic import Sanic

           Sanic("demo").name   #> 'demo'

        Quart
        -----

        :Stance: similar

        A view may declare what it returns.

        .. code-block:: python
           :class: fep-check
           :name: sanic-view

           from quart import Quart

           Quart("demo").name   #> 'demo'

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

        Quart
        -----

        :Stance: similar

        A view may declare what it returns.

        .. code-block:: python
           :class: fep-check
           :name: quart-view

           from quart import Quart

           Quart("demo").name   #> 'demo'
    """
    first: dict[str, Snippet] = {}
    for note in notes(proposal, evidence):
        for snippet in note.snippets:
            before = first.setdefault(snippet.name, snippet)
            if before is not snippet and snippet.name:
                related = (Related(proposal.path, before.location.span, "the first one"),)
                message = f"{called(snippet)} is there already; name this one otherwise"
                yield Finding(snippet.location.span, message, related=related)
