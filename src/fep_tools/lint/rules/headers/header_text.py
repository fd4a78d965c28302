from collections.abc import Iterator

from ....diagnostics import Finding
from ....process.model import Process
from ....proposals.model import Proposal
from ...rule import rule
from ._helpers import mistaken


@rule("H102")
def header_text(proposal: Proposal, process: Process) -> Iterator[Finding]:
    """A text is too long.

    Titles stand in lists, in the headings of pages and in the subjects of mails, where what is
    longer than a line is cut off.

    Bad::

        FEP: 7
        Title: Views whose arguments and results have types that are checked when a request comes in

    Good::

        FEP: 7
        Title: Views with types that are checked
    """
    yield from mistaken(proposal, process, header_text.name)
