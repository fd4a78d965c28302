from collections.abc import Iterator

from ....diagnostics import Finding
from ....process.model import Process
from ....proposals.model import Proposal
from ...rule import rule
from ._helpers import mistaken


@rule("H103", fixable=True)
def header_date(proposal: Proposal, process: Process) -> Iterator[Finding]:
    """A date is not written as the process writes dates.

    Dates are compared by programs and read by people everywhere: 03/04/2025 is two days.
    Months have English names wherever the tool runs, and a date must exist.

    Bad::

        FEP: 7
        Title: Typed views
        Created: 3 March 2025

    Good::

        FEP: 7
        Title: Typed views
        Created: 2025-03-03
    """
    yield from mistaken(proposal, process, header_date.name)
