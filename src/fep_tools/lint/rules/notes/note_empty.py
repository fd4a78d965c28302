from collections.abc import Iterator

from ...._text import safe
from ....diagnostics import Finding, Severity
from ....notes.store import NoteStore
from ....proposals.model import Proposal
from ...rule import rule
from ._helpers import notes


@rule("N005", severity=Severity.WARNING)
def note_empty(proposal: Proposal, evidence: NoteStore) -> Iterator[Finding]:
    """A note has no words.

    A stance is one word, and a snippet shows only that something is so. Readers want to know what
    the framework does, and where it differs.

    Bad::

        FEP: 7
        Title: Typed views

        Cross-Framework Notes
        =====================

        Sanic
        -----

        :Stance: similar

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
    for note in notes(proposal, evidence):
        if not note.text:
            message = f"the note on {safe(note.title)} has no words; say in a few what it does"
            yield Finding(note.title_location.span, message)
