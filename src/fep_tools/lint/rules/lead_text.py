from collections.abc import Iterator

from ...diagnostic import Finding, Severity
from ...process import Process
from ...proposal import Proposal
from ..bodies import facts
from ..rule import rule


@rule("B016", severity=Severity.STYLE)
def lead_text(proposal: Proposal, process: Process) -> Iterator[Finding]:
    """Text stands before the first title.

    It belongs to no section, so no link leads to it and no table of contents names it.

    Bad::

        FEP: 7
        Title: Typed views

        A view may declare what it returns.

        Motivation
        ==========

        Types are repeated by hand.

    Good::

        FEP: 7
        Title: Typed views

        Abstract
        ========

        A view may declare what it returns.

        Motivation
        ==========

        Types are repeated by hand.
    """
    first = process.sections_for(proposal.type)[:1]
    under = f"put it under {first[0].title!r}" if first else "put it under a title"
    if place := facts(proposal).lead:
        yield Finding(place.span, f"text stands before the first title; {under}")
