from collections.abc import Iterator

from ...._text import quote
from ....diagnostics import Finding, Severity
from ....process.model import Process
from ....proposals.model import Proposal
from ...rule import rule
from ._helpers import misnamed, retitled


@rule("B014", severity=Severity.WARNING, fixable=True)
def section_title(proposal: Proposal, process: Process) -> Iterator[Finding]:
    """A section is nearly called as the process calls it.

    Readers and programs look for sections by their titles.

    Bad::

        FEP: 7
        Title: Typed views
        Type: Standards Track

        Backward compatibility
        ----------------------

        Nothing breaks.

    Good::

        FEP: 7
        Title: Typed views
        Type: Standards Track

        Backwards Compatibility
        -----------------------

        Nothing breaks.
    """
    for heading, title in misnamed(proposal, process):
        edits = retitled(proposal, heading.location.line, title)
        message = f"the section is called {quote(heading.title)}; call it {quote(title)}"
        yield Finding(heading.location.span, message, edits=edits)
