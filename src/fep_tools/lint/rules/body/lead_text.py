from .._api import Finding, Findings, Process, Proposal, rule, Severity
from ._helpers import get_body


@rule("B016", severity=Severity.STYLE, affects_page=False)
def lead_text(proposal: Proposal, process: Process) -> Findings:
    """Text comes before the first title.

    Such text belongs to no section, so it cannot be linked and is not in the table of
    contents. Move it into the first section.

    Bad::

        A view may declare what it returns.

        Motivation
        ==========

        Types are repeated by hand.

    Good::

        Abstract
        ========

        A view may declare what it returns.

        Motivation
        ==========

        Types are repeated by hand.
    """
    first = process.sections_for(proposal.type)[:1]
    where = f"under '{first[0].title}'" if first else "under a title"
    if location := get_body(proposal).lead:
        message = f"text comes before the first title; move it {where}"
        yield Finding(location.span, message)
