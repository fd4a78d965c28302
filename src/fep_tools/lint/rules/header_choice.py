from collections.abc import Iterator

from ...diagnostic import Finding
from ...process import Process
from ...proposal import Proposal
from ..headers import mistaken
from ..rule import rule


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
