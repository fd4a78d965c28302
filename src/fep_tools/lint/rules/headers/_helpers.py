"""What rules about headers share: what a header is meant to be, and where its values stand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ...._text import closest_match
from ....diagnostics import Edit, Finding, Span
from ....process.model import Process
from ....process.schema import Condition, Conditions, Header
from ....proposals.fields import example, format_date, pieces, Record
from ....proposals.fields.headers import field_spec
from ....proposals.model import Proposal
from ....proposals.preamble import Field, Preamble

CERTAIN = 0.75
"""How alike a name must be to a header's to be taken for it."""


def mistaken(proposal: Proposal, process: Process, rule: str) -> Iterator[Finding]:
    """The mistakes in header values that are for the rule of that name, in their places."""
    for key, mistakes in proposal.mistakes.items():
        for mistake in mistakes:
            if mistake.rule == rule:
                span = proposal.fields[key].span(mistake.start, mistake.end)
                edits = () if mistake.fix is None else (Edit(span, mistake.fix),)
                name = process.by_key[key].name
                yield Finding(span, f"'{name}' {mistake.message}", edits=edits)


def headed(proposal: Proposal, process: Process) -> bool:
    """Whether there is a block of headers: something that is, or is meant to be, one."""
    fields = proposal.preamble.fields
    return bool(proposal.fields) or any(meant(field.name, process) for field in fields)


def split_off(proposal: Proposal, process: Process) -> tuple[Field, ...]:
    """The headers that a blank line has cut off from the others; none if there is no such."""
    last = proposal.preamble.last_line
    if process.dialect != "rfc2822" or not proposal.fields:
        return ()
    below = next((n for n, text in enumerate(proposal.lines[last:], last) if text.strip()), last)
    rest = "\n" * below + "\n".join(proposal.lines[below : below + 50])
    fields = Preamble.parse(rest, process.dialect).fields
    names = present(proposal)
    mine = tuple(f for f in fields if f.name in process.header_order and f.name not in names)
    return mine if mine and fields[0] == mine[0] and mine[0].first_line == below + 1 else ()


def known(proposal: Proposal, process: Process) -> Iterator[tuple[Header, Field]]:
    """The headers that the process has, in its order, each as it was first written."""
    return ((process.by_key[key], field) for key, field in proposal.fields.items())


def meant(name: str, process: Process) -> Header | None:
    """The header that an unknown *name* stands for: of old, in other letters, or misspelt."""
    if name in process.header_order:
        return None
    former = (header for header in process.headers if name in header.formerly)
    close = closest_match(name, process.header_order, CERTAIN)
    return next(former, None) or (process.header(close) if close else None)


def present(proposal: Proposal) -> frozenset[str]:
    """The names of the headers that there are."""
    return frozenset(field.name for field in proposal.preamble.fields)


def row(demand: Conditions, proposal: Proposal) -> Condition | None:
    """The row of *demand* that is about *proposal*, if one is."""
    if isinstance(demand, bool):
        return Condition() if demand else None
    names = present(proposal)
    matching = (row for row in demand if row.applies(proposal.status, proposal.type, names))
    return next(matching, None)


def kind_of(proposal: Proposal, process: Process, when: Condition) -> str:
    """*proposal* as *when* sees it: ``a Final Standards Track FEP with 'Retroactive'``."""
    status = proposal.status if when.statuses else None
    type_ = proposal.type if when.types else None
    words = " ".join(word for word in (status, type_, process.acronym) if word)
    having = "".join(f" with '{name}'" for name in when.with_ if name in present(proposal))
    return f"{'an' if words[0] in 'AEIOU' else 'a'} {words}{having}"


def sample(header: Header, proposal: Proposal, process: Process) -> str:
    """A line that *header* may be, for messages to show."""
    value = example(field_spec(header, process))
    if header.role == "number" and proposal.number is not None:
        value = str(proposal.number)
    return line(header.name, value, process)


def line(name: str, value: str, process: Process) -> str:
    """A header as the dialect of *process* writes it."""
    return f":{name}: {value}" if process.dialect == "field-list" else f"{name}: {value}"


def ending(proposal: Proposal) -> str:
    """How lines of *proposal* end, for those that a fix adds."""
    return "\r\n" if "\r\n" in proposal.text else "\n"


def records(proposal: Proposal, header: Header | None) -> list[tuple[Record, Span]]:
    """The records of *header*, each with its place; nothing where one is unreadable."""
    value = proposal.values.get(header.key) if header else None
    if header is None or not value:
        return []
    field = proposal.fields[header.key]
    if isinstance(value, Record):
        return [(value, field.span())]
    spans = (field.span(p.start, p.end) for p in pieces(field.value, header.separator))
    return list(zip(value, spans, strict=True))


def days(proposal: Proposal, header: Header) -> Iterator[tuple[date, Span]]:
    """The days that *header* names, each with its place."""
    value = proposal.values.get(header.key)
    if isinstance(value, date):
        yield value, proposal.fields[header.key].span()
    elif header.kind in {"record", "records"}:
        yield from ((r.date, span) for r, span in records(proposal, header) if r.date)


def told(day: date | None, header: Header) -> str:
    """*day* as *header* writes days."""
    return format_date(day, header.date_format) if day else ""
