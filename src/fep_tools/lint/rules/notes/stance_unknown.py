from collections.abc import Iterator

from ...._text import closest_match, join_words, quote
from ....diagnostics import Finding
from ....notes.model import STANCES
from ....notes.store import NoteStore
from ....proposals.model import Proposal
from ...rule import rule
from ._helpers import notes


@rule("N003")
def stance_unknown(proposal: Proposal, evidence: NoteStore) -> Iterator[Finding]:
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
        setting = note.field("Stance")
        if setting is not None and setting.value and setting.value not in STANCES:
            meant = closest_match(setting.value, STANCES)
            instead = f"did you mean {meant}?" if meant else f"write {join_words(STANCES)}"
            message = f"the stance is {quote(setting.value)}; {instead}"
            yield Finding(setting.location.span, message)
