from collections.abc import Iterator

from ....diagnostics import Finding
from ....notes.store import NoteStore
from ....proposals.model import Proposal
from ...rule import rule
from ._helpers import notes


@rule("N004")
def via_missing(proposal: Proposal, evidence: NoteStore) -> Iterator[Finding]:
    """A note says that an extension does it, and not which.

    What one extension does another may not. Readers need its name to look at it.

    Bad::

        FEP: 7
        Title: Typed views

        Cross-Framework Notes
        =====================

        Sanic
        -----

        :Stance: extension

        A view may declare what it returns.

    Good::

        FEP: 7
        Title: Typed views

        Cross-Framework Notes
        =====================

        Sanic
        -----

        :Stance: extension
        :Via: sanic-ext

        A view may declare what it returns.
    """
    for note in notes(proposal, evidence):
        setting = note.field("Stance")
        if setting is not None and note.stance == "extension" and not note.via:
            message = "the stance is extension; name it below, such as :Via: flask-sock"
            yield Finding(setting.location.span, message)
