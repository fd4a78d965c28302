from collections.abc import Iterator

from ....diagnostics import Finding
from ....process.model import Process
from ....proposals.model import Proposal
from ...rule import rule
from ._helpers import demanded, sections


@rule("B012")
def section_empty(proposal: Proposal, process: Process) -> Iterator[Finding]:
    """A section that the process asks for has no text.

    A title alone answers nothing. Where there is nothing to say, one sentence says so: that
    nothing breaks, or that nobody asked before.

    Bad::

        FEP: 7
        Title: Typed views
        Status: Draft

        Copyright
        =========

        .. The dedication.

    Good::

        FEP: 7
        Title: Typed views
        Status: Draft

        Copyright
        =========

        This document is placed in the public domain.
    """
    due = {section.title: section for section, _when in demanded(proposal, process)}
    for heading in sections(proposal, process):
        if heading.is_empty and heading.title in due:
            summary = due[heading.title].summary.rstrip(".")
            yield Finding(heading.location.span, f"the section '{heading.title}' is empty", summary)
