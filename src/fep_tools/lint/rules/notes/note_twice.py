from collections.abc import Iterator

from ...._text import safe
from ....diagnostics import Finding, Related
from ....notes.model import Note
from ....notes.store import NoteStore
from ....proposals.model import Proposal
from ...rule import rule
from ._helpers import notes


@rule("N006")
def note_twice(proposal: Proposal, evidence: NoteStore) -> Iterator[Finding]:
    """There are two notes on one framework.

    Nobody can tell which of the two stances holds.

    Bad::

        FEP: 7
        Title: Typed views

        Cross-Framework Notes
        =====================

        Sanic
        -----

        :Stance: similar

        A view may declare what it returns.

        Sanic
        -----

        :Stance: absent

        There is nothing of the kind.

    Good::

        FEP: 7
        Title: Typed views

        Cross-Framework Notes
        =====================

        Sanic
        -----

        :Stance: similar

        A view may declare what it returns.
    """
    first: dict[str, Note] = {}
    for note in notes(proposal, evidence):
        before = first.setdefault(note.title, note)
        if before is not note:
            related = (Related(proposal.path, before.title_location.span, "the first one"),)
            message = f"there is a note on {safe(note.title)} already; make one of the two"
            yield Finding(note.title_location.span, message, related=related)
