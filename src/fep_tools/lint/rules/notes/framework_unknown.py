from collections.abc import Iterator

from ...._text import closest_match, join_words, quote
from ....diagnostics import Finding
from ....notes.store import NoteStore
from ....proposals.model import Proposal
from ...rule import rule
from ._helpers import notes


@rule("N001")
def framework_unknown(proposal: Proposal, evidence: NoteStore) -> Iterator[Finding]:
    """A note is about a framework that nobody knows.

    The title of a note is the name of a framework in the process's list of them, and so leads to
    the environment that its snippets run in.

    Bad::

        FEP: 7
        Title: Typed views

        Cross-Framework Notes
        =====================

        Sanik
        -----

        :Stance: similar

        A view may declare what it returns.

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
    known = evidence.frameworks.by_title if evidence.table else {}
    for note in notes(proposal, evidence):
        if not note.framework:
            meant = closest_match(note.title, known)
            instead = f"did you mean {meant}?" if meant else f"write {join_words(known)}"
            message = f"{quote(note.title)} is no framework that notes are about; {instead}"
            yield Finding(note.title_location.span, message)
