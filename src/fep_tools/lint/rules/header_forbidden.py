from collections.abc import Iterator

from ...diagnostic import Finding
from ...process import Process
from ...proposal import Proposal
from ...tables import Header, When
from ...text import listed
from ..headers import kind_of, known, row, sample
from ..rule import rule


@rule("H006")
def header_forbidden(proposal: Proposal, process: Process) -> Iterator[Finding]:
    """A header is there that such a proposal does not have.

    It would say something that cannot be so, such as what a guideline changes in Flask, and
    pages that list proposals by that header would show it.

    Bad::

        FEP: 7
        Title: How to review
        Type: Process
        Target: flask

    Good::

        FEP: 7
        Title: How to review
        Type: Process
    """
    for header, field in known(proposal, process):
        if when := row(header.forbidden, proposal):
            yield Finding(field.name_span, _message(header, when, proposal, process))


def _message(header: Header, when: When, proposal: Proposal, process: Process) -> str:
    missing = [other for name in when.without if (other := process.header(name))]
    if not missing:
        return f"{kind_of(proposal, process, when)} has no '{header.name}'; remove it"
    names = listed(f"'{other.name}'" for other in missing)
    lines = listed(sample(other, proposal, process) for other in missing)
    return f"'{header.name}' says nothing without {names}; remove it, or add {lines}"
