from collections.abc import Iterator

from ....diagnostics import Finding
from ....process.model import Process
from ....proposals.model import Proposal
from ...rule import rule
from ._helpers import known, row, sample


@rule("H007")
def header_empty(proposal: Proposal, process: Process) -> Iterator[Finding]:
    """A header has no value.

    An empty header may be a value that was forgotten, or one that there is none of. Leaving
    the header out says the second; the first is for its author to write.

    Bad::

        FEP: 7
        Title: Typed views
        Author:

    Good::

        FEP: 7
        Title: Typed views
        Author: Ada Lovelace
    """
    for header, field in known(proposal, process):
        if not field.value.strip() and not header.allow_empty:
            remove = "" if row(header.required, proposal) else ", or remove it"
            message = f"'{header.name}' is empty; write {sample(header, proposal, process)}{remove}"
            yield Finding(field.name_span, message)
