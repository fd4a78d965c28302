from ....notes.model import SNIPPET_CLASS, snippets_outside
from ....notes.store import NoteStore
from .._api import Finding, Findings, Proposal, rule
from ._helpers import describe


@rule("N014")
def snippet_outside(proposal: Proposal, notes: NoteStore) -> Findings:
    """Snippet is outside any note.

    Only the note says which framework a snippet is for. Elsewhere it is never run, but looks to
    readers as if it were.

    Bad::

        Rationale
        =========

        .. code-block:: python
           :class: fep-check
           :name: sanic-view

           from sanic import Sanic

           Sanic("demo").name   #> 'demo'

    Good::

        # fixture: a note on Sanic, with the snippet sanic-view
    """
    if notes.table is None or proposal.body is None:
        return
    for snippet in snippets_outside(proposal.body, notes.notes(proposal.body)):
        message = (
            f"{describe(snippet)} is outside any note; move it to a note in "
            f"'{notes.table.section}', or remove its class {SNIPPET_CLASS}"
        )
        yield Finding(snippet.location.span, message)
