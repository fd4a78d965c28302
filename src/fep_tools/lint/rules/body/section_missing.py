from collections.abc import Iterator

from ....diagnostics import Finding
from ....process.model import Process
from ....process.schema import Condition, Section
from ....proposals.body import Heading
from ....proposals.model import Proposal
from ...rule import rule
from ..headers._helpers import kind_of
from ._helpers import asked_at, demanded, is_readable, misnamed, sections


@rule("B010")
def section_missing(proposal: Proposal, process: Process) -> Iterator[Finding]:
    """A section is missing that the process asks for.

    Which ones are due depends on the type and the status: a draft may have holes, and what
    is to be decided upon may not.

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
    there = sections(proposal, process)
    titles = {heading.title for heading in there}
    titles.update(title for _heading, title in misnamed(proposal, process))
    for section, when in demanded(proposal, process):
        if section.title not in titles:
            message = _message(section, when, there, proposal, process)
            yield Finding(asked_at(proposal, when), message, section.summary.rstrip("."))


def _message(
    section: Section, when: Condition, there: list[Heading], proposal: Proposal, process: Process
) -> str:
    order = [known.title for known in process.sections_for(proposal.type)]
    before = order[: order.index(section.title)]
    last = next((h.title for h in reversed(there) if h.title in before), None)
    where = f"after '{last}'" if last else "first"
    if section.title == order[-1]:
        where = "last"
    kind = kind_of(proposal, process, when)
    return f"{kind} needs the section '{section.title}'; write it {where}"
