from collections.abc import Iterator

from ....diagnostics import Finding
from ....process.model import Process
from ....proposals.model import Proposal
from ...rule import rule
from ._helpers import mistaken


@rule("H104", fixable=True)
def header_choice(proposal: Proposal, process: Process) -> Iterator[Finding]:
    """A value is none of those that the process knows.

    Statuses, types and topics are names that pages and searches go by. Another spelling is
    another name: the proposal would be in no list.

    Bad::

        FEP: 7
        Title: Typed views
        Status: draft
        Type: Informationnal

    Good::

        FEP: 7
        Title: Typed views
        Status: Draft
        Type: Informational
    """
    yield from mistaken(proposal, process, header_choice.name)
