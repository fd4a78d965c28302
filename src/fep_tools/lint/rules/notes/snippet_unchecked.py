from ....notes.model import MAX_SNIPPET_LENGTH
from ....notes.store import NoteStore
from .._api import Finding, Findings, Proposal, rule
from ._helpers import describe


@rule("N011")
def snippet_unchecked(proposal: Proposal, notes: NoteStore) -> Findings:
    """Snippet has no checks.

    Running it would only show that it ends. A comment ``#>`` checks the value of the expression
    before it.

    Bad::

        # fixture: a note on Sanic

        .. code-block:: python
           :class: fep-check
           :name: sanic-view

           from sanic import Sanic

           Sanic("demo").name

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
            if len(snippet.text) > MAX_SNIPPET_LENGTH:
                problem = f"is longer than {MAX_SNIPPET_LENGTH} characters; shorten it"
            elif not snippet.checks:
                problem = "has no checks; add one at the end of a line, as in app.name   #> 'demo'"
            else:
                continue
            yield Finding(snippet.location.span, f"{describe(snippet)} {problem}")
