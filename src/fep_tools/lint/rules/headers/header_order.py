from collections.abc import Iterator

from ....diagnostics import Edit, Finding, Span
from ....process.model import Process
from ....proposals.model import Proposal
from ....proposals.preamble import BYTE_ORDER_MARK, Field
from ...rule import rule
from ._helpers import ending


@rule("H004", fixable=True)
def header_order(proposal: Proposal, process: Process) -> Iterator[Finding]:
    """Headers are not in the order of the process.

    Readers find a header by where it stands, and a fixed order keeps diffs small. Reading
    never depends on the order.

    Bad::

        FEP: 7
        Status: Draft
        Title: Typed views

    Good::

        FEP: 7
        Title: Typed views
        Status: Draft
    """
    fields = proposal.preamble.fields
    known = [
        f for f in fields if f.name in process.header_order and proposal.preamble.get(f.name) is f
    ]
    wanted = sorted(known, key=lambda field: process.header_order[field.name])
    if known == wanted:
        return
    late = next(have for have, want in zip(known, wanted, strict=True) if have != want)
    place = wanted.index(late)
    where = f"after '{wanted[place - 1].name}'" if place else "first"
    sure = len(known) == len(fields) and not proposal.preamble.stray_lines
    edits = (
        (_rewritten(wanted, proposal),)
        if sure and not proposal.text.startswith(BYTE_ORDER_MARK)
        else ()
    )
    yield Finding(late.name_span, f"'{late.name}' is out of order; put it {where}", edits=edits)


def _rewritten(fields: list[Field], proposal: Proposal) -> Edit:
    """All headers written again, in the order of *fields*, with the line ends of the file."""
    parts = (proposal.lines[field.first_line - 1 : field.last_line] for field in fields)
    first, last = min(f.first_line for f in fields), max(f.last_line for f in fields)
    span = Span(first, 1, last, len(proposal.lines[last - 1]) + 1)
    return Edit(span, ending(proposal).join(line for part in parts for line in part))
