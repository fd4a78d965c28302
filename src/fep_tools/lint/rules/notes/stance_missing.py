from ....notes.model import STANCES
from ....notes.store import NoteStore
from .._api import Finding, Findings, join_words, Proposal, rule, safe


@rule("N002")
def stance_missing(proposal: Proposal, notes: NoteStore) -> Findings:
    """Note has no stance.

    A stance says in one word how the framework compares to the proposal. The site lists proposals
    by it. It is an opinion, and the text of the note gives the reasons.

    Bad::

        # fixture: a proposal with notes

        Sanic
        -----

        :Docs: https://sanic.dev/en/guide/

        A view may declare what it returns.

    Good::

        # fixture: a proposal with notes

        Sanic
        -----

        :Stance: similar
        :Docs: https://sanic.dev/en/guide/

        A view may declare what it returns.
    """
    for note in notes.notes(proposal.body):
        if not note.stance:
            advice = "add one, for example :Stance: similar"
            message = f"the note on {safe(note.title)} has no stance; {advice}"
            yield Finding(note.title_location.span, message, f"a stance is {join_words(STANCES)}")
