from ....notes.store import NoteStore
from .._api import Finding, Findings, Proposal, quote, rule


@rule("N012")
def snippet_unnamed(proposal: Proposal, notes: NoteStore) -> Findings:
    """Snippet has no valid name.

    Its result is saved under its name, which stays the same when the snippet changes. A name has
    lower-case letters, digits and hyphens.

    Bad::

        # fixture: a note on Sanic

        .. code-block:: python
           :class: fep-check

           from sanic import Sanic

           Sanic("demo").name   #> 'demo'

    Good::

        # fixture: a note on Sanic

        .. code-block:: python
           :class: fep-check
           :name: sanic-view

           from sanic import Sanic

           Sanic("demo").name   #> 'demo'
    """
    for note in notes.notes(proposal.body):
        for snippet in note.snippets:
            if not snippet.is_named:
                name = quote(snippet.name)
                problem = f"cannot be named {name}" if snippet.name else "has no name"
                advice = f"write for example :name: {note.framework or 'sanic'}-what-it-shows"
                yield Finding(snippet.location.span, f"the snippet {problem}; {advice}")
