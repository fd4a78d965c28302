"""What a cursor stands in: the name of a header, one of its values, the target of a role."""

from __future__ import annotations

from dataclasses import dataclass

from ..diagnostics import Span
from ..process.model import Process
from ..process.schema import Header
from ..proposals.model import Proposal
from ..proposals.preamble import Field
from .references import holds, roles

SEVERAL = frozenset({"choices", "numbers", "people", "urls", "versions"})
"""Kinds of header that hold values with commas between them."""


@dataclass(frozen=True, slots=True)
class InName:
    """The name of a header, written or not; *closed* if its colon is there."""

    span: Span
    closed: bool


@dataclass(frozen=True, slots=True)
class InValue:
    """One value of *header*; *others* are those beside it, and *gap* is due before it."""

    header: Header
    span: Span
    others: tuple[str, ...]
    gap: str


@dataclass(frozen=True, slots=True)
class InRole:
    """The target of a role that links a proposal."""

    span: Span


CursorContext = InName | InValue | InRole


def place(proposal: Proposal, process: Process, line: int, column: int) -> CursorContext | None:
    """What is at a *line* and *column* of *proposal*; ``None`` in plain text."""
    text = proposal.lines[line - 1] if line <= len(proposal.lines) else ""
    if not _among_headers(proposal, line, text):
        found = (role.span for role in roles(proposal, process))
        return next((InRole(span) for span in found if holds(span, line, column)), None)
    field = next((f for f in proposal.preamble.fields if f.first_line <= line <= f.last_line), None)
    if field is None or (line == field.first_line and column <= field.column + len(field.name)):
        return _in_name(text, line, field)
    header = process.header(field.name)
    return _in_value(header, field, text, line, column) if header else None


def _among_headers(proposal: Proposal, line: int, text: str) -> bool:
    """Whether a header may stand on *line*: in the block, or just below it."""
    first, last = proposal.preamble.first_line, proposal.preamble.last_line
    if not last:
        return line == 1
    begun = not text.strip() or text.startswith(":")
    return first <= line <= last or (line == last + 1 and begun)


def _in_name(text: str, line: int, field: Field | None) -> InName:
    """The name on a line, with the mark that one dialect writes before it."""
    start = len(text) - len(text.lstrip())
    mark = start + text[start:].startswith(":")
    end = mark + len(text[mark:].partition(":")[0].rstrip())
    return InName(Span(line, start + 1, line, end + 1), field is not None)


def _in_value(header: Header, field: Field, text: str, line: int, column: int) -> InValue:
    begins = next((part.column for part in field.lines if part.number == line), column) - 1
    at = max(column - 1, begins)
    start, end = begins, len(text.rstrip())
    if header.kind in SEVERAL:
        start = max(begins, text.rfind(",", begins, at) + 1)
        comma = text.find(",", at)
        end = comma if comma >= 0 else end
    start = min(start + len(text[start:at]) - len(text[start:at].lstrip()), at)
    end = max(at, start + len(text[start:end].rstrip()))
    mine = text[start:end]
    others = (other.strip() for other in field.value.replace("\n", ",").split(","))
    gap = "" if start and text[start - 1].isspace() else " "
    span = Span(line, start + 1, line, end + 1)
    return InValue(header, span, tuple(o for o in others if o and o != mine), gap)
