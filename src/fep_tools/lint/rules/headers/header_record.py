from collections.abc import Iterator

from ....diagnostics import Finding
from ....process.model import Process
from ....proposals.model import Proposal
from ...rule import rule
from ._helpers import mistaken


@rule("H109")
def header_record(proposal: Proposal, process: Process) -> Iterator[Finding]:
    """A record does not say when, what and where.

    A decision without a day cannot be put in order, and without an address nobody can read
    why. The process says which parts a record has.

    Bad::

        FEP: 7
        Title: Typed views
        Resolution: https://example.org/thread/7

    Good::

        FEP: 7
        Title: Typed views
        Resolution: 2025-03-09 https://example.org/thread/7
    """
    yield from mistaken(proposal, process, header_record.name)
