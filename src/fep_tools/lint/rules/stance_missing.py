from collections.abc import Iterator

from ...diagnostic import Finding
from ...notes.evidence import Evidence
from ...notes.note import STANCES
from ...proposal import Proposal
from ...text import listed, safe
from ..notes import notes
from ..rule import rule


@rule("N002")
def stance_missing(proposal: Proposal, evidence: Evidence) -> Iterator[Finding]:
    """A note does not say how the framework stands to the proposal.

    Readers compare frameworks by their stances, and the pages list proposals by them. A stance is
    an opinion; the words below it say why.

    Bad::

        FEP: 7
        Title: Typed views

        Cross-Framework Notes
        =====================

        Sanic
        -----

        :Docs: https://sanic.dev/en/guide/

        A view may declare what it returns.

    Good::

        FEP: 7
        Title: Typed views

        Cross-Framework Notes
        =====================

        Sanic
        -----

        :Stance: similar
        :Docs: https://sanic.dev/en/guide/

        A view may declare what it returns.
    """
    for note in notes(proposal, evidence):
        if not note.stance:
            message = (
                f"the note on {safe(note.title)} has no stance; write such as :Stance: similar"
            )
            yield Finding(note.title_place.span, message, f"a stance is {listed(STANCES)}")
