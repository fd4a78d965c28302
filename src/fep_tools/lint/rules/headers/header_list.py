from collections.abc import Iterator

from ....diagnostics import Finding
from ....process.model import Process
from ....proposals.model import Proposal
from ...rule import rule
from ._helpers import mistaken


@rule("H105", fixable=True)
def header_list(proposal: Proposal, process: Process) -> Iterator[Finding]:
    """A list is not written as the process writes lists.

    Each entry stands there once, in order where there is one, with a comma and one blank
    between. Lists that say the same then look the same.

    Bad::

        FEP: 17
        Title: Typed views
        Requires: 12,11

    Good::

        FEP: 17
        Title: Typed views
        Requires: 11, 12
    """
    yield from mistaken(proposal, process, header_list.name)
