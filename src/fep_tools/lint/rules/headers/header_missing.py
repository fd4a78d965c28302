from collections.abc import Iterator

from ....diagnostics import Finding, Span
from ....process.model import Process
from ....process.schema import Condition, Header
from ....proposals.model import Proposal
from ...rule import rule
from ._helpers import headed, kind_of, meant, present, row, sample, split_off


@rule("H005")
def header_missing(proposal: Proposal, process: Process) -> Iterator[Finding]:
    """A header is missing that the process asks for.

    A first draft needs few headers. Others are due with a status or a type, as the evidence
    that it claims: what was decided and where, or the release that has it.

    Bad::

        FEP: 7
        Title: Typed views
        Author: Ada Lovelace
        Status: Superseded
        Type: Informational
        Created: 2025-03-03

    Good::

        FEP: 7
        Title: Typed views
        Author: Ada Lovelace
        Status: Superseded
        Type: Informational
        Created: 2025-03-03
        Superseded-By: 12
    """
    if not headed(proposal, process):
        return
    there = present(proposal)
    meanings = {header.name for name in there if (header := meant(name, process))}
    meanings |= {field.name for field in split_off(proposal, process)}
    for header in process.headers:
        if header.name in there or header.name in meanings:
            continue
        if when := row(header.required, proposal):
            yield Finding(_place(when, proposal), _message(header, when, proposal, process))


def _place(when: Condition, proposal: Proposal) -> Span:
    """What asks for the header: the status, the type, another header, or the file itself."""
    named = [f for f in proposal.preamble.fields if f.name in when.with_]
    status = proposal.field("status") if when.statuses else None
    type_ = proposal.field("type") if when.types else None
    if asking := status or type_:
        return asking.span()
    return named[0].name_span if named else proposal.preamble.fields[0].name_span


def _message(header: Header, when: Condition, proposal: Proposal, process: Process) -> str:
    there = present(proposal)
    before = [name for name in process.header_order if name in there]
    before = [
        name for name in before if process.header_order[name] < process.header_order[header.name]
    ]
    where = f"after '{before[-1]}'" if before else "first"
    such = f"write it {where}, such as {sample(header, proposal, process)}"
    if when == Condition():
        return f"'{header.name}' is missing; {such}"
    return f"{kind_of(proposal, process, when)} needs '{header.name}'; {such}"
