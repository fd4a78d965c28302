from ....notes.store import NoteStore
from .._api import Finding, Findings, Proposal, rule


@rule("N004")
def via_missing(proposal: Proposal, notes: NoteStore) -> Findings:
    """Stance is ``extension``, but no extension is named.

    Readers need the name of the extension to look it up.

    Bad::

        # fixture: a proposal with notes

        Sanic
        -----

        :Stance: extension

        A view may declare what it returns.

    Good::

        # fixture: a proposal with notes

        Sanic
        -----

        :Stance: extension
        :Via: sanic-ext

        A view may declare what it returns.
    """
    for note in notes.notes(proposal.body):
        field = note.field("Stance")
        if field is not None and note.stance == "extension" and not note.via:
            message = "the extension is not named; add it, for example :Via: sanic-ext"
            yield Finding(field.location.span, message)
