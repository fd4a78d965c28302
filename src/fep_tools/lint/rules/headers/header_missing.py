from datetime import date

from ....process.schema import Condition, Header
from .._api import Finding, Findings, Process, Proposal, rule, Span
from .._headers import (
    describe_kind,
    format_example,
    header_names,
    matching_condition,
    transition_advice,
)
from ._helpers import find_intended_header, has_headers


@rule("H005")
def header_missing(proposal: Proposal, process: Process, today: date) -> Findings:
    """Header is missing.

    A first draft needs only a few headers. Others become mandatory with a status or a type,
    as evidence: where the decision was made, or which release contains the change. Add the
    header at the position that the message gives.

    Bad::

        Author: Ada Lovelace
        Status: Superseded
        Type: Informational
        Created: 2025-03-03

    Good::

        Author: Ada Lovelace
        Status: Superseded
        Type: Informational
        Created: 2025-03-03
        Superseded-By: 12
    """
    if not has_headers(proposal, process):
        return
    written = header_names(proposal)
    # A header that other rules report as misspelt or detached is not reported as missing too.
    misspelt = {h.name for name in written if (h := find_intended_header(name, process))}
    detached = {field.name for field in proposal.detached_fields}
    present = written | misspelt | detached
    missing = [
        (header, condition)
        for header in process.headers
        if header.name not in present
        and (condition := matching_condition(header.required, proposal))
    ]
    # Missing headers count as well: authors add them one after the other.
    complete = written.union(header.name for header, _condition in missing)
    for header, condition in missing:
        line = format_example(header, proposal, process, today)
        what = f"'{header.name}' is missing"
        if condition != Condition():
            what = f"{describe_kind(proposal, process, condition)} needs '{header.name}'"
        message = f"{what}; add it {_position(header, complete, process)}, for example {line}"
        help_ = transition_advice(proposal, header) if condition.statuses else ""
        yield Finding(_reason_span(condition, proposal), message, help_)


def _reason_span(condition: Condition, proposal: Proposal) -> Span:
    """Return where the reason is: the status, the type, another header, or the first header."""
    status = proposal.field("status") if condition.statuses else None
    type_ = proposal.field("type") if condition.types else None
    if reason := status or type_:
        return reason.span()
    fields = proposal.preamble.fields
    others = [field for field in fields if field.name in condition.with_]
    return (others or fields)[0].name_span


def _position(header: Header, complete: frozenset[str], process: Process) -> str:
    """Return where a header belongs among those of the complete proposal."""
    order = process.header_order
    before = [name for name in order if name in complete and order[name] < order[header.name]]
    return f"after '{before[-1]}'" if before else "first"
