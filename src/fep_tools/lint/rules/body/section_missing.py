from ....process.schema import Condition, Section
from .._api import Finding, Findings, Process, Proposal, rule
from .._headers import describe_kind
from ._helpers import (
    condition_span,
    find_misnamed_sections,
    get_sections,
    is_readable,
    required_sections,
)


@rule("B010")
def section_missing(proposal: Proposal, process: Process) -> Findings:
    """Required section is missing.

    The type and the status decide which sections are required: a draft may still have gaps,
    but a proposal that is up for decision may not. Add the section at the position that the
    message gives.

    Bad::

        FEP: 7
        Title: Typed views
        Status: Draft

        Abstract
        ========

        A view may declare what it returns.

    Good::

        FEP: 7
        Title: Typed views
        Status: Draft

        Abstract
        ========

        A view may declare what it returns.

        Copyright
        =========

        This document is placed in the public domain.
    """
    if not is_readable(proposal) or not proposal.fields:
        return
    titles = {heading.title for heading in get_sections(proposal, process)}
    # A section with a similar title is reported by section-title, not as missing too.
    titles.update(title for _heading, title in find_misnamed_sections(proposal, process))
    required = list(required_sections(proposal, process))
    # Missing sections count as well: authors add them one after the other.
    complete = titles.union(section.title for section, _condition in required)
    for section, condition in required:
        if section.title not in titles:
            message = _message(section, condition, complete, proposal, process)
            span = condition_span(proposal, condition)
            yield Finding(span, message, section.summary.rstrip("."))


def _message(
    section: Section,
    condition: Condition,
    titles: set[str],
    proposal: Proposal,
    process: Process,
) -> str:
    order = [other.title for other in process.sections_for(proposal.type)]
    before = [title for title in order[: order.index(section.title)] if title in titles]
    where = f"after '{before[-1]}'" if before else "first"
    if section.title == order[-1]:
        where = "last"
    kind = describe_kind(proposal, process, condition)
    return f"{kind} needs the section '{section.title}'; add it {where}"
