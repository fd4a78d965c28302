"""A proposal as a tree: its headers, and its sections with those within them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from .._text import safe
from ..diagnostics import Span
from ..proposals.body import Heading
from ..proposals.model import Proposal
from ..proposals.preamble import Field


@dataclass(frozen=True, slots=True)
class Symbol:
    """A part of a proposal: all of it, and *name_span*, which is shown when it is chosen."""

    name: str
    kind: Literal["header", "section"]
    span: Span
    name_span: Span
    detail: str = ""
    children: tuple[Symbol, ...] = ()


def outline(proposal: Proposal) -> list[Symbol]:
    """The parts of *proposal*, in the order of its text."""
    headings = proposal.body.headings if proposal.body else ()
    end = Span(len(proposal.lines), len(proposal.lines[-1]) + 1)
    return [*map(_header, proposal.preamble.fields), *_sections(headings, end)]


def _header(field: Field) -> Symbol:
    last = field.lines[-1]
    span = Span(field.first_line, field.column, last.number, last.column + len(last.text))
    return Symbol(safe(field.name), "header", span, field.name_span, safe(field.lines[0].text))


def _sections(headings: Sequence[Heading], end: Span) -> list[Symbol]:
    """The sections that *headings* begin; a deeper one is within the last that is not."""
    made = []
    while headings:
        first, *rest = headings
        inner = next((n for n, h in enumerate(rest) if h.level <= first.level), len(rest))
        begins = rest[inner].location.span if inner < len(rest) else end
        made.append(_section(first, rest[:inner], begins))
        headings = rest[inner:]
    return made


def _section(heading: Heading, within: Sequence[Heading], end: Span) -> Symbol:
    at = heading.location.span
    span = Span(at.line, at.column, end.line, end.column)
    children = tuple(_sections(within, end))
    return Symbol(safe(heading.title) or "(no title)", "section", span, at, "", children)
