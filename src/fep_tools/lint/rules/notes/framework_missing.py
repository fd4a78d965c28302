from collections.abc import Iterator

from ...._text import join_words
from ....diagnostics import Finding
from ....notes.store import NoteStore
from ....process.model import Process
from ....proposals.model import Proposal
from ...rule import rule
from ..headers._helpers import kind_of, row
from ._helpers import notes, section


@rule("N009")
def framework_missing(
    proposal: Proposal, process: Process, evidence: NoteStore
) -> Iterator[Finding]:
    """There is no note on a framework that the process asks for.

    Whoever decides has to know what the others do about the same matter, and that somebody has
    looked. Where the question does not arise, the stance is ``not-applicable``, and the note
    says why.

    Bad::

        FEP: 7
        Title: Typed views
        Status: Review
        Type: Standards Track

        Cross-Framework Notes
        =====================

        Sanic
        -----

        :Stance: similar

        A view may declare what it returns.

    Good::

        FEP: 7
        Title: Typed views
        Status: Review
        Type: Standards Track

        Cross-Framework Notes
        =====================

        Sanic
        -----

        :Stance: similar

        A view may declare what it returns.

        Hug
        ---

        :Stance: absent

        Nothing of the kind was found.
    """
    when = row(evidence.table.required, proposal) if evidence.table else None
    found = notes(proposal, evidence)
    if when is None or not found:
        return
    there = {note.framework for note in found}
    absent = [f for f in evidence.frameworks.frameworks if f.required and f.key not in there]
    # One that is misspelt is a finding already.
    if absent and "" not in there:
        kind = kind_of(proposal, process, when)
        titles = join_words((framework.title for framework in absent), "and")
        yield Finding(
            section(proposal, process), f"{kind} needs notes on {titles}; write them here"
        )
