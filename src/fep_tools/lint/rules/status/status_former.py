from collections.abc import Iterator

from ....diagnostics import Finding
from ....process.model import Process
from ....proposals.model import Proposal
from ...rule import rule
from ..headers._helpers import mistaken


@rule("S003", fixable=True)
def status_former(proposal: Proposal, process: Process) -> Iterator[Finding]:
    """A status has the name that it had in the past.

    Communities rename statuses. A proposal that keeps the old name is in no group of the
    index, although everybody knows what is meant.

    Bad::

        PEP: 7
        Title: Style Guide for C Code
        Status: Finished

    Good::

        PEP: 7
        Title: Style Guide for C Code
        Status: Final
    """
    yield from mistaken(proposal, process, status_former.name)
