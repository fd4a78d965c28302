from datetime import date

from ....process.schema import Condition, Header
from .._api import Finding, Findings, join_words, Process, Proposal, rule
from .._headers import describe_kind, format_example, iter_headers, matching_condition


@rule("H006")
def header_forbidden(proposal: Proposal, process: Process, today: date) -> Findings:
    """Header does not apply to this proposal.

    Some headers make sense only for certain types, or together with another header. A
    guideline, for example, changes no part of the software, and lists of changes would show it
    by mistake. Remove the header, or correct the type.

    Bad::

        FEP: 7
        Title: How to review
        Type: Process
        Target: extensions

    Good::

        FEP: 7
        Title: How to review
        Type: Process
    """
    for header, field in iter_headers(proposal, process):
        if condition := matching_condition(header.forbidden, proposal):
            yield Finding(field.name_span, _message(header, condition, proposal, process, today))


def _message(
    header: Header, condition: Condition, proposal: Proposal, process: Process, today: date
) -> str:
    missing = [other for name in condition.without if (other := process.header(name))]
    if not missing:
        kind = describe_kind(proposal, process, condition)
        return f"{kind} cannot have '{header.name}'; remove it"
    names = join_words(f"'{other.name}'" for other in missing)
    lines = join_words(format_example(other, proposal, process, today) for other in missing)
    return f"'{header.name}' needs {names}; add {lines}, or remove '{header.name}'"
