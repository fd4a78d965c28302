from .._api import Finding, Findings, Process, Proposal, rule
from ._helpers import get_sections, required_sections


@rule("B012")
def section_empty(proposal: Proposal, process: Process) -> Findings:
    """Required section is empty.

    A title without text leaves readers guessing. If there is nothing to report, write one
    sentence that says so, for example that the change breaks nothing.

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
    summaries = {s.title: s.summary for s, _condition in required_sections(proposal, process)}
    for heading in get_sections(proposal, process):
        if heading.is_empty and heading.title in summaries:
            message = f"the section '{heading.title}' is empty; write at least one sentence"
            help_ = summaries[heading.title].rstrip(".")
            yield Finding(heading.location.span, message, help_)
