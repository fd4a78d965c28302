"""Header helpers that several families of rules use."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from datetime import date

from ..._clock import add_days
from ...diagnostics import Edit, Finding, Span
from ...process.dialects import FORMS
from ...process.model import Process
from ...process.schema import Condition, Conditions, Header, Role
from ...proposals.fields import example, pieces, read_entries, Record
from ...proposals.fields.headers import field_spec
from ...proposals.header_field import Field
from ...proposals.model import Corpus, Proposal

DEADLINES: tuple[Role, ...] = ("review_until", "review_by")
"""The headers with a date by which somebody has to decide."""

MIN_SIMILARITY = 0.75
"""How similar an unknown name must be to a known one to be taken for a typing error (0 to 1)."""


def iter_headers(proposal: Proposal, process: Process) -> Iterator[tuple[Header, Field]]:
    """Yield the known headers of a proposal, in the order of the process.

    A header that is written twice is yielded once, as first written.
    """
    return ((process.by_key[key], field) for key, field in proposal.fields.items())


def header_names(proposal: Proposal) -> frozenset[str]:
    """Return the names of all headers that are written, known or not."""
    return frozenset(field.name for field in proposal.preamble.fields)


def header_span(proposal: Proposal, *roles: Role) -> Span:
    """Return where the first of these headers that exists is; else the start of the file."""
    for role in roles:
        if field := proposal.field(role):
            return field.span()
    return Span()


def report_mistakes(proposal: Proposal, process: Process, rule_name: str) -> Iterator[Finding]:
    """Yield the mistakes that reading the header values found for one rule.

    Values are read once, when the file is; each mistake names the rule that reports it.
    """
    for key, mistakes in proposal.mistakes.items():
        for mistake in mistakes:
            if mistake.rule == rule_name:
                span = proposal.fields[key].span(mistake.start, mistake.end)
                edits = () if mistake.fix is None else (Edit(span, mistake.fix),)
                name = process.by_key[key].name
                yield Finding(span, f"'{name}' {mistake.message}", edits=edits)


def locate_records(
    proposal: Proposal, header: Header | None, process: Process
) -> list[tuple[Record, Span]]:
    """Return the records of *header* with their positions; none if one of them is unreadable.

    The records before and after it would look like a transition that never happened.
    """
    field = proposal.fields.get(header.key) if header else None
    if header is None or field is None:
        return []
    entries = list(read_entries(field.value, field_spec(header, process)))
    if len(entries) < sum(1 for _ in pieces(field.value, header.separator)):
        return []
    return [
        (record, field.span(piece.start, piece.end))
        for record, piece in entries
        if isinstance(record, Record)
    ]


def matching_condition(demand: Conditions, proposal: Proposal) -> Condition | None:
    """Return the condition of *demand* that applies to the proposal, if one does."""
    if isinstance(demand, bool):
        return Condition() if demand else None
    names = header_names(proposal)
    matching = (row for row in demand if row.applies(proposal.status, proposal.type, names))
    return next(matching, None)


def describe_kind(proposal: Proposal, process: Process, condition: Condition) -> str:
    """Return the proposal as *condition* sees it: ``a Final Process FEP with 'Target'``."""
    status = proposal.status if condition.statuses else None
    type_ = proposal.type if condition.types else None
    words = " ".join(word for word in (status, type_, process.acronym) if word)
    names = header_names(proposal)
    having = "".join(f" with '{name}'" for name in condition.with_ if name in names)
    return f"{'an' if words[0] in 'AEIOU' else 'a'} {words}{having}"


def format_example(header: Header, proposal: Proposal, process: Process, today: date) -> str:
    """Return a line with an example value, for messages: ``Created: 2025-03-03``.

    An author who copies it must not get another finding, so a deadline is in the future.
    """
    is_deadline = header.role in DEADLINES
    day = add_days(today, process.review_days) if is_deadline else today
    value = example(field_spec(header, process), day)
    if header.role == "number" and proposal.number is not None:
        value = str(proposal.number)
    return format_header(header.name, value, process)


def free_number(corpus: Corpus, process: Process) -> int:
    """Return a number for an example: the next one that no proposal of *corpus* has."""
    return next(process.free_numbers(corpus.by_number), process.first_number)


def format_header(name: str, value: str, process: Process) -> str:
    """Return a header line in the dialect of the process."""
    return FORMS[process.dialect].line(name, value)


# Options of `fep transition` that write a header, by the role of that header.
_OPTIONS: dict[Role, str] = {
    "discussion": "--discussions-to URL",
    "history": "--resolution URL",
    "reason": "--why TEXT",
    "resolution": "--resolution URL",
    "superseded_by": "--by NUMBER",
    "upstream": "--upstream URL",
}


def transition_advice(proposal: Proposal, header: Header | None) -> str:
    """Return the command that writes a header which a status needs; empty if there is none.

    The command also works if the status was edited by hand.
    """
    option = _OPTIONS.get(header.role) if header and header.role else None
    if option is None or proposal.number is None or proposal.status is None:
        return ""
    return f"or run: fep transition {proposal.number} {shlex.quote(proposal.status)} {option}"
