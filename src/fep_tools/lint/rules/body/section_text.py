from .._api import Finding, Findings, Process, Proposal, quote, rule
from ._helpers import get_sections


@rule("B015")
def section_text(proposal: Proposal, process: Process) -> Findings:
    """Section does not have the required text.

    A text that grants rights must be the same in every proposal, word for word. Copy the text
    from the process; line breaks may differ.

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
    for heading in get_sections(proposal, process):
        required = " ".join(texts.get(heading.title, "").split())
        if required and heading.text != required and not heading.is_empty:
            what = f"the section '{heading.title}' starts with {quote(heading.text[:50])}"
            yield Finding(heading.location.span, f"{what}; write {quote(required)}")
