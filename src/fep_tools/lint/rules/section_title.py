from collections.abc import Iterator

from ...diagnostic import Finding, Severity
from ...process import Process
from ...proposal import Proposal
from ...text import quote
from ..bodies import misnamed, retitled
from ..rule import rule


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
        edits = retitled(proposal, heading.place.line, title)
        message = f"the section is called {quote(heading.title)}; call it {quote(title)}"
        yield Finding(heading.place.span, message, edits=edits)
