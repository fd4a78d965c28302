from collections.abc import Iterator

from ...._text import closest_match, join_words, quote
from ....diagnostics import Finding, Severity
from ....notes.model import NOTE_FIELDS
from ....notes.store import NoteStore
from ....proposals.model import Proposal
from ...rule import rule
from ._helpers import notes


@rule("N007", severity=Severity.WARNING)
def note_field(proposal: Proposal, evidence: NoteStore) -> Iterator[Finding]:
    """A note has a field that means nothing.

    It is usually misspelt, and then what it says is shown nowhere.

    Bad::

        FEP: 7
        Title: Typed views

        Cross-Framework Notes
        =====================

        Sanic
        -----

        :Stance: similar
        :Doc: https://sanic.dev/en/guide/

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
    known = {name.casefold() for name in NOTE_FIELDS}
    for note in notes(proposal, evidence):
        for setting in note.fields:
            if setting.name.casefold() not in known:
                meant = closest_match(setting.name, NOTE_FIELDS)
                instead = f"did you mean {meant}?" if meant else f"write {join_words(NOTE_FIELDS)}"
                message = f"{quote(setting.name)} is no field of a note; {instead}"
                yield Finding(setting.location.span, message)
