from collections.abc import Iterator

from ....diagnostics import Edit, Finding, Related, Span
from ....process.model import Process
from ....proposals.model import Proposal
from ....proposals.preamble import Field
from ...rule import rule


@rule("H003", fixable=True)
def header_duplicate(proposal: Proposal, process: Process) -> Iterator[Finding]:
    """A header is there twice.

    Some readers take the first and some the last, so that a proposal would have two
    statuses. A header with several values holds them all at one place.

    Bad::

        FEP: 7
        Title: Typed views
        Status: Draft
        Status: Draft

    Good::

        FEP: 7
        Title: Typed views
        Status: Draft
    """
    first: dict[str, Field] = {}
    for field in proposal.preamble.fields:
        earlier = first.setdefault(field.name, field)
        if earlier is not field and field.name in process.header_order:
            yield _finding(field, earlier, proposal)


def _finding(field: Field, earlier: Field, proposal: Proposal) -> Finding:
    there = Related(proposal.path, earlier.name_span, f"the first '{field.name}' is here")
    edits: tuple[Edit, ...] = ()
    advice = "keep one, with what is true"
    if field.value == earlier.value:
        edits = (Edit(_lines(field, proposal), ""),)
        advice = "remove it"
    message = f"'{field.name}' is on line {earlier.first_line} already; {advice}"
    return Finding(field.name_span, message, edits=edits, related=(there,))


def _lines(field: Field, proposal: Proposal) -> Span:
    """The lines of *field* with one end of a line: theirs, or the one before where it is last."""
    if field.last_line < len(proposal.lines):
        return Span(field.first_line, 1, field.last_line + 1, 1)
    before, last = proposal.lines[field.first_line - 2], proposal.lines[field.last_line - 1]
    return Span(field.first_line - 1, len(before) + 1, field.last_line, len(last) + 1)
