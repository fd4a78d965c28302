from ....process.schema import Condition, Header
from .._api import Finding, Findings, Process, Proposal, rule, Span
from .._headers import describe_kind, format_example, header_names, matching_condition
from ._helpers import find_detached_fields, find_intended_header, has_headers


@rule("H005")
def header_missing(proposal: Proposal, process: Process) -> Findings:
    """Header is missing.

    A first draft needs only a few headers. Others become mandatory with a status or a type,
    as evidence: where the decision was made, or which release contains the change. Add the
    header at the position that the message gives.

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
    if not has_headers(proposal, process):
        return
    written = header_names(proposal)
    # A header that other rules report as misspelt or detached is not reported as missing too.
    misspelt = {h.name for name in written if (h := find_intended_header(name, process))}
    detached = {field.name for field in find_detached_fields(proposal, process)}
    present = written | misspelt | detached
    for header in process.headers:
        if header.name in present:
            continue
        if condition := matching_condition(header.required, proposal):
            message = _message(header, condition, proposal, process)
            yield Finding(_reason_span(condition, proposal), message)


def _reason_span(condition: Condition, proposal: Proposal) -> Span:
    """Return where the reason is: the status, the type, another header, or the first header."""
    status = proposal.field("status") if condition.statuses else None
    type_ = proposal.field("type") if condition.types else None
    if reason := status or type_:
        return reason.span()
    fields = proposal.preamble.fields
    others = [field for field in fields if field.name in condition.with_]
    return (others or fields)[0].name_span


def _message(header: Header, condition: Condition, proposal: Proposal, process: Process) -> str:
    order, written = process.header_order, header_names(proposal)
    before = [name for name in order if name in written and order[name] < order[header.name]]
    where = f"after '{before[-1]}'" if before else "first"
    line = format_example(header, proposal, process)
    if condition == Condition():
        what = f"'{header.name}' is missing"
    else:
        what = f"{describe_kind(proposal, process, condition)} needs '{header.name}'"
    return f"{what}; add it {where}, for example {line}"
