from .._api import Finding, Findings, Process, Proposal, rule, Severity
from ._helpers import get_sections


@rule("B011", severity=Severity.WARNING, affects_page=False)
def section_order(proposal: Proposal, process: Process) -> Findings:
    """Sections are out of order.

    Readers of many proposals find a section by its position. Use the order of the process;
    sections that it does not define may be anywhere.

    Bad::

        Motivation
        ==========

        Types are repeated by hand.

        Abstract
        ========

        A view may declare what it returns.

    Good::

        Abstract
        ========

        A view may declare what it returns.

        Motivation
        ==========

        Types are repeated by hand.
    """
    order = {s.title: index for index, s in enumerate(process.sections_for(proposal.type))}
    standard = [heading for heading in get_sections(proposal, process) if heading.title in order]
    ordered = sorted(standard, key=lambda heading: order[heading.title])
    if standard == ordered:
        return
    misplaced = next(have for have, right in zip(standard, ordered, strict=True) if have != right)
    position = ordered.index(misplaced)
    where = f"after '{ordered[position - 1].title}'" if position else "to the top"
    message = f"'{misplaced.title}' is out of order; move it {where}"
    yield Finding(misplaced.location.span, message)
