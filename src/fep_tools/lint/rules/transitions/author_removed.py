from collections.abc import Iterator

from ...._text import quote
from ....diagnostics import Finding
from ....process.model import Process
from ...changes import ProposalChange
from ...rule import rule
from ._helpers import past_draft, span_of


@rule("T008")
def author_removed(change: ProposalChange, process: Process) -> Iterator[Finding]:
    """An author of a proposal that is no first draft any more is gone.

    Who wrote a text stays its author. Others may be added.

    Bad::

        # base
        FEP: 7
        Status: Review
        Author: Ada Lovelace, Charles Babbage

        # head
        FEP: 7
        Status: Review
        Author: Charles Babbage

    Good::

        # base
        FEP: 7
        Status: Review
        Author: Ada Lovelace

        # head
        FEP: 7
        Status: Review
        Author: Ada Lovelace, Charles Babbage
    """
    before, after = change.before, change.after
    if before is None or after is None or not past_draft(change, process):
        return
    kept = {person.name for person in after.value("authors") or ()}
    for person in before.value("authors") or ():
        if kept and person.name not in kept:
            message = (
                f"'{process.header_name('authors')}' has lost {quote(person.name)}; put it back"
            )
            yield Finding(span_of(change, "authors"), message)
