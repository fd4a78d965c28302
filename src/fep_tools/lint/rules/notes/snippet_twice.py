from ....notes.model import Snippet
from ....notes.store import NoteStore
from .._api import Finding, Findings, Proposal, Related, rule
from ._helpers import describe


@rule("N013")
def snippet_twice(proposal: Proposal, notes: NoteStore) -> Findings:
    """Two snippets have the same name.

    The result of one would be taken for the result of the other.

    Bad::

        # fixture: a note on Sanic, with the snippet sanic-view

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

        # fixture: a note on Sanic, with the snippet sanic-view

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
    for note in notes.notes(proposal.body):
        for snippet in note.snippets:
            other = first.setdefault(snippet.name, snippet)
            if other is not snippet and snippet.name:
                related = (Related(proposal.path, other.location.span, "the first snippet"),)
                message = f"there is already a {describe(snippet)}; rename this one"
                yield Finding(snippet.location.span, message, related=related)
