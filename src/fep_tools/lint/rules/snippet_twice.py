from collections.abc import Iterator

from ...diagnostic import Finding, Related
from ...notes.evidence import Evidence
from ...notes.note import Snippet
from ...proposal import Proposal
from ..notes import called, notes
from ..rule import rule


@rule("N013")
def snippet_twice(proposal: Proposal, evidence: Evidence) -> Iterator[Finding]:
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
                related = (Related(proposal.path, before.place.span, "the first one"),)
                message = f"{called(snippet)} is there already; name this one otherwise"
                yield Finding(snippet.place.span, message, related=related)
