from ...._text import did_you_mean
from ....notes.model import STANCES
from ....notes.store import NoteStore
from .._api import Finding, Findings, Proposal, quote, rule


@rule("N003")
def stance_unknown(proposal: Proposal, notes: NoteStore) -> Findings:
    """``:Stance:`` is not one of the allowed words.

    The list is short, so that the site can group proposals by stance. If no stance fits exactly,
    choose the closest one and explain the difference in the text.

    Bad::

        # fixture: a note on Sanic
        :Stance: simular

    Good::

        # fixture: a note on Sanic
        :Stance: similar
    """
    for note in notes.notes(proposal.body):
        field = note.field("Stance")
        if field is not None and field.value and field.value not in STANCES:
            advice = did_you_mean(field.value, STANCES)
            yield Finding(field.location.span, f"{quote(field.value)} is not a stance; {advice}")
