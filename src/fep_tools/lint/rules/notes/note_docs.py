from collections.abc import Iterator

from ...._text import quote
from ....diagnostics import Finding
from ....notes.store import NoteStore
from ....proposals.fields import is_url
from ....proposals.model import Proposal
from ...rule import rule
from ._helpers import notes


@rule("N008")
def note_docs(proposal: Proposal, evidence: NoteStore) -> Iterator[Finding]:
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
        setting = note.field("Docs")
        if setting is not None and not is_url(setting.value):
            such = "write an address such as https://sanic.dev/en/guide/"
            yield Finding(setting.location.span, f"'Docs' is {quote(setting.value)}; {such}")
