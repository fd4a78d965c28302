"""The part of a proposal that a cursor is in, and the references to other proposals.

References in the body are found in the text itself, line by line: the editor asks about words that
are being written, which no parser has read yet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from .._numbers import NUMBER
from ..diagnostics import Span
from ..process.dialects import FORMS
from ..process.model import Process
from ..process.schema import Header
from ..proposals.header_field import Field
from ..proposals.model import Proposal
from ..proposals.relations import locate_references, RELATIONS

LIST_KINDS = frozenset({"choices", "numbers", "people", "symbols", "urls", "versions"})
"""Kinds of header whose entries are separated by commas."""

_NUMBER = re.compile(NUMBER)

_MARK = re.compile(r":|\.\. |[*+-] ")
"""What is before the name of a header in some dialects."""


@dataclass(frozen=True, slots=True)
class InName:
    """The name of a header, or the beginning of one.

    :param has_colon: whether there is a colon after it, so that none needs to be added.
    :param is_bold: whether it is in bold, whose asterisks stay, and what is before them.
    """

    span: Span
    has_colon: bool
    is_bold: bool


@dataclass(frozen=True, slots=True)
class InValue:
    """A value of a header, or an entry of a list.

    :param others: the other entries of the list.
    :param gap: the space that must be added before a new value, if there is none.
    """

    header: Header
    span: Span
    others: tuple[str, ...]
    gap: str


@dataclass(frozen=True, slots=True)
class InRole:
    """The target of a role that links to a proposal."""

    span: Span


CursorContext = InName | InValue | InRole


def find_context(
    proposal: Proposal, process: Process, line: int, column: int
) -> CursorContext | None:
    """Return what a cursor is in; ``None`` for plain text."""
    text = proposal.lines[line - 1] if line <= len(proposal.lines) else ""
    if not _is_among_headers(proposal, line, text, FORMS[process.dialect].before):
        spans = (role.target_span for role in _iter_roles(proposal, process))
        return next((InRole(span) for span in spans if is_inside(span, line, column)), None)
    field = next((f for f in proposal.preamble.fields if f.first_line <= line <= f.last_line), None)
    if field is None or (line == field.first_line and column <= field.column + len(field.name)):
        return _in_name(text, line, field)
    header = process.header(field.name)
    return _in_value(header, field, text, line, column) if header else None


def _is_among_headers(proposal: Proposal, line: int, text: str, mark: str) -> bool:
    first, last = proposal.preamble.first_line, proposal.preamble.last_line
    if not last:
        return line == 1
    # The line below the headers may become one: it is empty, or the list of them continues.
    is_possible_header = not text.strip() or bool(mark and text.startswith(mark))
    return first <= line <= last or (line == last + 1 and is_possible_header)


def _in_name(text: str, line: int, field: Field | None) -> InName:
    # "  :Status: Draft" has the name in columns 3 to 9, with the colon of a field list before it;
    # ".. status:: Draft", "- Status: Draft" and "**Status:** Draft" have other marks there.
    start = len(text) - len(text.lstrip())
    mark = _MARK.match(text, start)
    name_start = mark.end() if mark else start
    is_bold = text.startswith("**", name_start)
    if is_bold:
        start = name_start = name_start + len("**")
    end = name_start + len(text[name_start:].partition(":")[0].rstrip(" *"))
    return InName(Span(line, start + 1, line, end + 1), field is not None, is_bold)


def _in_value(header: Header, field: Field, text: str, line: int, column: int) -> InValue:
    """Return the value, or the entry of a list, around *column*.

    In ``Topic: Core, E|v ,Events`` it is ``Ev``, without the spaces around it.
    """
    value_start = next((part.column for part in field.lines if part.number == line), column) - 1
    offset = max(column - 1, value_start)
    start, end = value_start, len(text.rstrip())
    if header.kind in LIST_KINDS:
        start = max(value_start, text.rfind(",", value_start, offset) + 1)
        comma = text.find(",", offset)
        end = comma if comma >= 0 else end
    # Leave out the spaces around the entry, but never the cursor.
    start = min(start + len(text[start:offset]) - len(text[start:offset].lstrip()), offset)
    end = max(offset, start + len(text[start:end].rstrip()))
    current = text[start:end]
    entries = (entry.strip() for entry in field.value.replace("\n", ",").split(","))
    others = tuple(entry for entry in entries if entry and entry != current)
    gap = "" if start and text[start - 1].isspace() else " "
    return InValue(header, Span(line, start + 1, line, end + 1), others, gap)


def is_inside(span: Span, line: int, column: int) -> bool:
    """Return whether a cursor is in *span*, or at one of its ends."""
    return span.start <= (line, column) <= span.end


# References to proposals -----------------------------------------------------------------------


class CursorReference(NamedTuple):
    """The number of a proposal in the text.

    :param span: the position of the number.
    :param whole_span: the position of the role around it, if it is in one.
    """

    number: int
    span: Span
    whole_span: Span


class _Role(NamedTuple):
    target: str
    target_span: Span
    whole_span: Span


def find_references(proposal: Proposal, process: Process) -> Iterator[CursorReference]:
    """Yield every reference to another proposal, first those in headers."""
    for role in RELATIONS:
        references = sorted(locate_references(proposal, role, process), key=lambda found: found[1])
        for number, span in references:
            yield CursorReference(number, span, span)
    for text_role in _iter_roles(proposal, process):
        if match := _NUMBER.match(text_role.target):
            line, column = text_role.target_span.start
            digits = Span(line, column, line, column + len(match[0]))
            yield CursorReference(int(match[0]), digits, text_role.whole_span)


def reference_at(
    proposal: Proposal, process: Process, line: int, column: int
) -> CursorReference | None:
    """Return the reference at a cursor; the proposal's own number is one, too."""
    field = proposal.field("number")
    if field is not None and proposal.number is not None and is_inside(field.span(), line, column):
        return CursorReference(proposal.number, field.span(), field.span())
    references = find_references(proposal, process)
    return next((r for r in references if is_inside(r.whole_span, line, column)), None)


def _iter_roles(proposal: Proposal, process: Process) -> Iterator[_Role]:
    """Yield the roles that link to proposals, including unfinished ones such as ``:fep:`1``."""
    pattern = re.compile(rf"(?i):{re.escape(process.acronym)}:`(?P<text>[^`]*)`?")
    body_start = proposal.preamble.last_line
    for number, line in enumerate(proposal.lines[body_start:], start=body_start + 1):
        for match in pattern.finditer(line):
            # The target of :fep:`a title <11#section>` is 11.
            before, bracket, target = match["text"].rpartition("<")
            start = match.start("text") + (len(before) + 1 if bracket else 0)
            target = target.rstrip(">").partition("#")[0]
            yield _Role(
                target,
                Span(number, start + 1, number, start + len(target) + 1),
                Span(number, match.start() + 1, number, match.end() + 1),
            )
