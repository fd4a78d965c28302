from ....notes.store import NoteStore
from .._api import Finding, Findings, Proposal, rule, safe, Severity


@rule("N005", severity=Severity.WARNING)
def note_empty(proposal: Proposal, notes: NoteStore) -> Findings:
    """Note has no text.

    A stance is one word, and a snippet shows only single facts. Readers want to know what the
    framework does, and how it differs.

    Bad::

        # fixture: a proposal with notes

        Sanic
        -----

        :Stance: similar

    Good::

        # fixture: a proposal with notes

        Sanic
        -----

        :Stance: similar

        A view may declare what it returns.
    """
    for note in notes.notes(proposal.body):
        if not note.text:
            title = safe(note.title)
            message = f"the note on {title} has no text; say in a few words what {title} does"
            yield Finding(note.title_location.span, message)
