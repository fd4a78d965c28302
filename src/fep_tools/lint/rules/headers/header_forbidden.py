from collections.abc import Iterator

from ...._text import join_words
from ....diagnostics import Finding
from ....process.model import Process
from ....process.schema import Condition, Header
from ....proposals.model import Proposal
from ...rule import rule
from ._helpers import kind_of, known, row, sample


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


def _message(header: Header, when: Condition, proposal: Proposal, process: Process) -> str:
    missing = [other for name in when.without if (other := process.header(name))]
    if not missing:
        return f"{kind_of(proposal, process, when)} has no '{header.name}'; remove it"
    names = join_words(f"'{other.name}'" for other in missing)
    lines = join_words(sample(other, proposal, process) for other in missing)
    return f"'{header.name}' says nothing without {names}; remove it, or add {lines}"
