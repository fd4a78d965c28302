from collections.abc import Iterator

from ...diagnostic import Finding, Severity
from ...notes.evidence import Evidence
from ...notes.note import FIELDS
from ...proposal import Proposal
from ...text import listed, nearest, quote
from ..notes import notes
from ..rule import rule


@rule("N007", severity=Severity.WARNING)
def note_field(proposal: Proposal, evidence: Evidence) -> Iterator[Finding]:
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
    known = {name.casefold() for name in FIELDS}
    for note in notes(proposal, evidence):
        for setting in note.settings:
            if setting.name.casefold() not in known:
                meant = nearest(setting.name, FIELDS)
                instead = f"did you mean {meant}?" if meant else f"write {listed(FIELDS)}"
                message = f"{quote(setting.name)} is no field of a note; {instead}"
                yield Finding(setting.place.span, message)
