from collections.abc import Iterator

from ...diagnostic import Finding
from ...notes.evidence import Evidence
from ...proposal import Proposal
from ...text import quote
from ...values import is_url
from ..notes import notes
from ..rule import rule


@rule("N008")
def note_docs(proposal: Proposal, evidence: Evidence) -> Iterator[Finding]:
    """Where a framework is documented is no address.

    The pages make a link of it.

    Bad::

        FEP: 7
        Title: Typed views

        Cross-Framework Notes
        =====================

        Sanic
        -----

        :Stance: similar
        :Docs: sanic.dev/en/guide/

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
        setting = note.setting("Docs")
        if setting is not None and not is_url(setting.value):
            such = "write an address such as https://sanic.dev/en/guide/"
            yield Finding(setting.place.span, f"'Docs' is {quote(setting.value)}; {such}")
