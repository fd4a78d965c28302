from collections.abc import Iterator

from ...diagnostic import Finding
from ...notes.evidence import Evidence
from ...proposal import Proposal
from ...text import listed, nearest, quote
from ..notes import notes
from ..rule import rule


@rule("N001")
def framework_unknown(proposal: Proposal, evidence: Evidence) -> Iterator[Finding]:
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
            meant = nearest(note.title, known)
            instead = f"did you mean {meant}?" if meant else f"write {listed(known)}"
            message = f"{quote(note.title)} is no framework that notes are about; {instead}"
            yield Finding(note.title_place.span, message)
