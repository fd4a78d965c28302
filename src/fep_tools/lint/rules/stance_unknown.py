from collections.abc import Iterator

from ...diagnostic import Finding
from ...notes.evidence import Evidence
from ...notes.note import STANCES
from ...proposal import Proposal
from ...text import listed, nearest, quote
from ..notes import notes
from ..rule import rule


@rule("N003")
def stance_unknown(proposal: Proposal, evidence: Evidence) -> Iterator[Finding]:
    """A stance is none of the words for stances.

    They are few, so that the pages can list proposals by them. Where none of them fits, the words
    of the note have to say more.

    Bad::

        FEP: 7
        Title: Typed views

        Cross-Framework Notes
        =====================

        Sanic
        -----

        :Stance: simular

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
    for note in notes(proposal, evidence):
        setting = note.setting("Stance")
        if setting is not None and setting.value and setting.value not in STANCES:
            meant = nearest(setting.value, STANCES)
            instead = f"did you mean {meant}?" if meant else f"write {listed(STANCES)}"
            message = f"the stance is {quote(setting.value)}; {instead}"
            yield Finding(setting.place.span, message)
