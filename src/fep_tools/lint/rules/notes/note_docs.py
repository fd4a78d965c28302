from ....notes.store import NoteStore
from ....proposals.fields import is_url
from .._api import Finding, Findings, Proposal, quote, rule


@rule("N008")
def note_docs(proposal: Proposal, notes: NoteStore) -> Findings:
    """``:Docs:`` is not a URL.

    The site makes a link of it.

    Bad::

        # fixture: a proposal with notes

        Sanic
        -----

        :Stance: similar
        :Docs: sanic.dev/en/guide/

        A view may declare what it returns.

    Good::

        # fixture: a proposal with notes

        Sanic
        -----

        :Stance: similar
        :Docs: https://sanic.dev/en/guide/

        A view may declare what it returns.
    """
    for note in notes.notes(proposal.body):
        field = note.field("Docs")
        if field is not None and not is_url(field.value):
            advice = "write it like https://sanic.dev/en/guide/"
            message = f"'Docs' is not a URL ({quote(field.value)}); {advice}"
            yield Finding(field.location.span, message)
