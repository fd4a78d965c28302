from collections.abc import Iterator

from ....diagnostics import Finding
from ....notes.model import MAX_SNIPPET_LENGTH
from ....notes.store import NoteStore
from ....proposals.model import Proposal
from ...rule import rule
from ._helpers import called, notes


@rule("N011")
def snippet_unchecked(proposal: Proposal, evidence: NoteStore) -> Iterator[Finding]:
    """A snippet claims nothing.

    To run it would show only that it ends. A comment ``#>`` says what the expression before it is
    worth.

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

           Sanic("demo").name

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
            if len(snippet.text) > MAX_SNIPPET_LENGTH:
                much = f"{called(snippet)} is longer than {MAX_SNIPPET_LENGTH} characters"
                yield Finding(snippet.location.span, f"{much}; leave out what is not needed")
            elif not snippet.checks:
                message = (
                    f"{called(snippet)} checks nothing; end a line such as app.name   #> 'demo'"
                )
                yield Finding(snippet.location.span, message)
