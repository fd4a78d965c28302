from collections.abc import Iterator

from ....diagnostics import Finding, Severity
from ....process.model import Process
from ....proposals.model import Proposal
from ...rule import rule
from ._helpers import sections


@rule("B011", severity=Severity.WARNING)
def section_order(proposal: Proposal, process: Process) -> Iterator[Finding]:
    """Sections are not in the order of the process.

    Whoever reads many proposals finds a section by where it stands. Sections that the
    process does not name may stand anywhere.

    Bad::

        FEP: 7
        Title: Typed views

        Motivation
        ==========

        Types are repeated by hand.

        Abstract
        ========

        A view may declare what it returns.

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
    order = {s.title: place for place, s in enumerate(process.sections_for(proposal.type))}
    known = [heading for heading in sections(proposal, process) if heading.title in order]
    wanted = sorted(known, key=lambda heading: order[heading.title])
    if known == wanted:
        return
    late = next(have for have, want in zip(known, wanted, strict=True) if have != want)
    place = wanted.index(late)
    where = f"after '{wanted[place - 1].title}'" if place else "first"
    yield Finding(late.location.span, f"'{late.title}' is out of order; put it {where}")
