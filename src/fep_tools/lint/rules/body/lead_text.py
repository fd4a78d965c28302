from collections.abc import Iterator

from ....diagnostics import Finding, Severity
from ....process.model import Process
from ....proposals.model import Proposal
from ...rule import rule
from ._helpers import facts


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
