from ....notes.model import Note
from ....notes.store import NoteStore
from .._api import Finding, Findings, Proposal, Related, rule, safe


@rule("N006")
def note_twice(proposal: Proposal, notes: NoteStore) -> Findings:
    """Two notes are about the same framework.

    Readers cannot tell which of the two stances is meant.

    Bad::

        # fixture: a note on Sanic

        Sanic
        -----

        :Stance: absent

        There is nothing like it.

    Good::

        # fixture: a note on Sanic

        Hug
        ---

        :Stance: absent

        There is nothing like it.
    """
    first: dict[str, Note] = {}
    for note in notes.notes(proposal.body):
        other = first.setdefault(note.title, note)
        if other is not note:
            related = (Related(proposal.path, other.title_location.span, "the first note"),)
            message = f"there is already a note on {safe(note.title)}; merge the two"
            yield Finding(note.title_location.span, message, related=related)
