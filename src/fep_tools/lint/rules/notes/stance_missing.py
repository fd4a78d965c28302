from collections.abc import Iterator

from ...._text import join_words, safe
from ....diagnostics import Finding
from ....notes.model import STANCES
from ....notes.store import NoteStore
from ....proposals.model import Proposal
from ...rule import rule
from ._helpers import notes


@rule("N002")
def stance_missing(proposal: Proposal, evidence: NoteStore) -> Iterator[Finding]:
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
            yield Finding(note.title_location.span, message, f"a stance is {join_words(STANCES)}")
