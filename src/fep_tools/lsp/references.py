"""Where a text names other proposals by number: in relations, and in roles.

Roles are looked for in the text as it stands, line by line: an editor asks about words that
are being written, which no parser has seen yet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ..diagnostics import Span
from ..lint.rules._relations import locate_references, RELATIONS
from ..process.model import Process
from ..proposals.model import Proposal

_NUMBER = re.compile("[0-9]{1,5}")


class CursorReference(NamedTuple):
    """A number that stands at *span*; *whole* is the role around it, if it is in one."""

    number: int
    span: Span
    whole: Span


class Role(NamedTuple):
    """A role that links proposals: its text, and where it and its target stand."""

    target: str
    span: Span
    whole: Span


def references(proposal: Proposal, process: Process) -> Iterator[CursorReference]:
    """Every proposal that *proposal* names, in the order of its text."""
    for role in RELATIONS:
        for number, span in sorted(locate_references(proposal, role), key=lambda found: found[1]):
            yield CursorReference(number, span, span)
    for found in roles(proposal, process):
        if match := _NUMBER.match(found.target):
            at = found.span
            digits = Span(at.line, at.column, at.line, at.column + len(match[0]))
            yield CursorReference(int(match[0]), digits, found.whole)


def reference_at(
    proposal: Proposal, process: Process, line: int, column: int
) -> CursorReference | None:
    """The proposal that is named at a place, be it the number of *proposal* itself."""
    field = proposal.field("number")
    if field is not None and proposal.number is not None and holds(field.span(), line, column):
        return CursorReference(proposal.number, field.span(), field.span())
    found = references(proposal, process)
    return next((one for one in found if holds(one.whole, line, column)), None)


def roles(proposal: Proposal, process: Process) -> Iterator[Role]:
    """The roles in the body that link proposals, those that are being written included."""
    pattern = re.compile(rf"(?i):{re.escape(process.acronym)}:`(?P<text>[^`]*)`?")
    for row, line in enumerate(
        proposal.lines[proposal.preamble.last_line :], proposal.preamble.last_line
    ):
        for match in pattern.finditer(line):
            before, _angle, target = match["text"].rpartition("<")
            start = match.start("text") + (len(before) + 1 if _angle else 0)
            target = target.rstrip(">").partition("#")[0]
            end = start + len(target)
            yield Role(
                target,
                Span(row + 1, start + 1, row + 1, end + 1),
                Span(row + 1, match.start() + 1, row + 1, match.end() + 1),
            )


def holds(span: Span, line: int, column: int) -> bool:
    """Whether a cursor at a place touches *span*."""
    return (span.line, span.column) <= (line, column) <= (span.end_line, span.end_column)
