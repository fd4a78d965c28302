from collections.abc import Iterator

from ....diagnostics import Edit, Finding, Span
from ....process.model import Process
from ....proposals.model import Proposal
from ...rule import rule
from ._helpers import split_off


@rule("H010", fixable=True)
def header_split(proposal: Proposal, process: Process) -> Iterator[Finding]:
    """A blank line stands among the headers.

    The headers end at the first blank line. What stands below it is text, whatever it looks
    like, and the headers there are lost.

    Bad::

        FEP: 7
        Title: Typed views

        Status: Draft

    Good::

        FEP: 7
        Title: Typed views
        Status: Draft
    """
    lost = split_off(proposal, process)
    if lost:
        blank, following = proposal.preamble.last_line + 1, lost[0].first_line
        message = f"the headers end here, and '{lost[0].name}' stands below; remove the blank line"
        edit = Edit(Span(blank, 1, following, 1), "")
        yield Finding(Span(blank), message, edits=(edit,))
