from collections.abc import Iterator

from ...diagnostic import Edit
from ...diagnostic import Finding
from ...diagnostic import Span
from ...process import Process
from ...proposal import Proposal
from ..rule import rule


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
    known = [field for field in fields if field.name in process.order]
    wanted = sorted(known, key=lambda field: process.order[field.name])
    if known == wanted:
        return
    late = next(have for have, want in zip(known, wanted, strict=True) if have != want)
    place = wanted.index(late)
    where = f"after '{wanted[place - 1].name}'" if place else "first"
    edits: tuple[Edit, ...] = ()
    if len(known) == len(fields) and not proposal.preamble.stray:
        text = "\n".join(
            "\n".join(proposal.lines[field.first - 1 : field.last]) for field in wanted
        )
        last = max(field.last for field in fields)
        end = Span(fields[0].first, 1, last, len(proposal.lines[last - 1]) + 1)
        edits = (Edit(end, text),)
    yield Finding(late.name_span, f"'{late.name}' is out of order; put it {where}", edits=edits)
