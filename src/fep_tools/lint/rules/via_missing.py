from collections.abc import Iterator

from ...diagnostic import Finding
from ...notes.evidence import Evidence
from ...proposal import Proposal
from ..notes import notes
from ..rule import rule


@rule("N004")
def via_missing(proposal: Proposal, evidence: Evidence) -> Iterator[Finding]:
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
        setting = note.setting("Stance")
        if setting is not None and note.stance == "extension" and not note.via:
            message = "the stance is extension; name it below, such as :Via: flask-sock"
            yield Finding(setting.place.span, message)
