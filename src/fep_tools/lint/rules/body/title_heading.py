import re
from collections.abc import Iterator

from ...._text import quote
from ....diagnostics import Finding, Severity
from ....process.model import Process
from ....proposals.model import Proposal
from ...rule import rule
from ._helpers import facts, retitled


@rule("B032", severity=Severity.WARNING, fixable=True)
def title_heading(proposal: Proposal, process: Process) -> Iterator[Finding]:
    """The heading does not begin with the label of the proposal.

    Where no header has the title, the heading is all that says which proposal a page is.

    Bad::

        JavaScript Tests
        ================

        :DEP: 3

    Good::

        DEP 3: JavaScript Tests
        =======================

        :DEP: 3
    """
    number, headings = proposal.value("number"), facts(proposal).headings
    if process.title_source != "heading" or number is None or not headings:
        return
    first = headings[0]
    match = re.match(rf"{process.acronym}[ -]?([0-9]{{1,4}}): *(?=\S)", first.title)
    if match and int(match[1]) == number:
        return
    rest = re.sub(rf"^{process.acronym}[ -]?[0-9]*[:. -]*", "", first.title)
    wanted = f"{process.label(number)}: {rest}"
    edits = retitled(proposal, first.location.line, wanted)
    message = f"the heading is {quote(first.title)}; write {quote(wanted)}"
    yield Finding(first.location.span, message, edits=edits)
