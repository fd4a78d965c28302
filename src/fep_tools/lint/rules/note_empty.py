from collections.abc import Iterator

from ...diagnostic import Finding, Severity
from ...notes.evidence import Evidence
from ...proposal import Proposal
from ...text import safe
from ..notes import notes
from ..rule import rule


@rule("N005", severity=Severity.WARNING)
def note_empty(proposal: Proposal, evidence: Evidence) -> Iterator[Finding]:
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
            yield Finding(note.title_place.span, message)
