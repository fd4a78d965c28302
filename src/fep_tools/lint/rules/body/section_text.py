from collections.abc import Iterator

from ...._text import quote
from ....diagnostics import Finding
from ....process.model import Process
from ....proposals.model import Proposal
from ...rule import rule
from ._helpers import sections


@rule("B015")
def section_text(proposal: Proposal, process: Process) -> Iterator[Finding]:
    """A section has other words than the process gives it.

    What grants rights has to be the same everywhere, word for word. Line breaks are free.

    Bad::

        FEP: 7
        Title: Typed views

        Copyright
        =========

        All rights reserved.

    Good::

        FEP: 7
        Title: Typed views

        Copyright
        =========

        This document is placed in the public domain or under the
        CC0-1.0-Universal license, whichever is more permissive.
    """
    texts = {s.title: s.text for s in process.sections_for(proposal.type) if s.text}
    for heading in sections(proposal, process):
        wanted = " ".join(texts.get(heading.title, "").split())
        if wanted and heading.text != wanted and not heading.is_empty:
            message = f"the section '{heading.title}' begins {quote(heading.text[:50])}"
            yield Finding(heading.location.span, f"{message}; write {quote(wanted)}")
