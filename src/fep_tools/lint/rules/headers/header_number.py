from collections.abc import Iterator

from ....diagnostics import Finding
from ....process.model import Process
from ....proposals.model import Proposal
from ...rule import rule
from ._helpers import mistaken


@rule("H101", fixable=True)
def header_number(proposal: Proposal, process: Process) -> Iterator[Finding]:
    """A number is not written as a number.

    Numbers are what proposals are known by. They are written without zeros in front and
    without the acronym, so that one search finds a proposal wherever it is named.

    Bad::

        FEP: FEP-0007
        Title: Typed views

    Good::

        FEP: 7
        Title: Typed views
    """
    yield from mistaken(proposal, process, header_number.name)
