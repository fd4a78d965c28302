from ...._text import did_you_mean
from ....notes.model import NOTE_FIELDS
from ....notes.store import NoteStore
from .._api import Finding, Findings, Proposal, quote, rule, Severity


@rule("N007", severity=Severity.WARNING)
def note_field(proposal: Proposal, notes: NoteStore) -> Findings:
    """Note has an unknown field.

    Its name is usually misspelled. The site does not show what an unknown field says.

    Bad::

        # fixture: a proposal with notes

        Sanic
        -----

        :Stance: similar
        :Doc: https://sanic.dev/en/guide/

        A view may declare what it returns.

    Good::

        # fixture: a proposal with notes

        Sanic
        -----

        :Stance: similar
        :Docs: https://sanic.dev/en/guide/

        A view may declare what it returns.
    """
    allowed = {name.casefold() for name in NOTE_FIELDS}
    for note in notes.notes(proposal.body):
        for field in note.fields:
            if field.name.casefold() not in allowed:
                advice = did_you_mean(field.name, NOTE_FIELDS)
                message = f"{quote(field.name)} is not a field of a note; {advice}"
                yield Finding(field.location.span, message)
