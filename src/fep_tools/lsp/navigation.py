"""Ways to get around: the outline of a proposal, links to others, and a search by title."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from lsprotocol import types

from .._text import safe
from ..diagnostics import Span
from ..editing.titles import proposal_summaries
from ..proposals.body import Heading
from ..proposals.header_field import Field
from ..proposals.model import Proposal
from .convert import FILE_START, Lines
from .cursor import CursorReference, find_references
from .documents import OpenProposal
from .workspace import Workspace

_SYMBOL_KINDS = {"header": types.SymbolKind.Field, "section": types.SymbolKind.String}


# Links -----------------------------------------------------------------------------------------


def definition(open_proposal: OpenProposal, position: types.Position) -> types.Location | None:
    """Return the file of the proposal that is named at *position*."""
    reference = open_proposal.reference_at(position)
    target = _target_uri(open_proposal, reference) if reference else None
    return types.Location(target, FILE_START) if target else None


def document_links(open_proposal: OpenProposal) -> list[types.DocumentLink]:
    """Return a link for every reference to another proposal."""
    return [
        types.DocumentLink(open_proposal.lines.to_range(reference.whole_span), target)
        for reference in find_references(open_proposal.proposal, open_proposal.process)
        if (target := _target_uri(open_proposal, reference))
    ]


def _target_uri(open_proposal: OpenProposal, reference: CursorReference) -> str | None:
    target = open_proposal.workspace.corpus().get(reference.number)
    return open_proposal.workspace.uri(target.path) if target else None


def search_proposals(workspaces: Iterable[Workspace], query: str) -> list[types.WorkspaceSymbol]:
    """Return the proposals whose number or title contains *query*."""
    folded = query.casefold()
    symbols = (symbol for workspace in workspaces for symbol in _proposal_symbols(workspace))
    return [symbol for symbol in symbols if folded in symbol.name.casefold()]


def _proposal_symbols(workspace: Workspace) -> Iterator[types.WorkspaceSymbol]:
    corpus = workspace.corpus()
    for number, title, kind in proposal_summaries(corpus, workspace.process):
        uri = workspace.uri(corpus.by_number[number].path)
        yield types.WorkspaceSymbol(
            location=types.Location(uri, FILE_START),
            name=safe(f"{workspace.process.label(number)}: {title}"),
            kind=types.SymbolKind.File,
            container_name=kind or None,
        )


# The outline -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """A header or a section.

    :param span: all of it; of a section, with the sections in it.
    :param name_span: the header's name, or the section's title.
    """

    name: str
    kind: Literal["header", "section"]
    span: Span
    name_span: Span
    detail: str = ""
    children: tuple[OutlineEntry, ...] = ()


def document_symbols(open_proposal: OpenProposal) -> list[types.DocumentSymbol]:
    """Return the headers and sections of a proposal."""
    proposal = open_proposal.workspace.with_body(open_proposal.path)
    return _to_symbols(outline(proposal), open_proposal.lines)


def _to_symbols(entries: Sequence[OutlineEntry], lines: Lines) -> list[types.DocumentSymbol]:
    return [
        types.DocumentSymbol(
            name=entry.name,
            kind=_SYMBOL_KINDS[entry.kind],
            range=lines.to_range(entry.span),
            selection_range=lines.to_range(entry.name_span),
            detail=entry.detail or None,
            children=_to_symbols(entry.children, lines),
        )
        for entry in entries
    ]


def outline(proposal: Proposal) -> list[OutlineEntry]:
    """Return the headers and sections of *proposal*, in the order of its text."""
    headings = proposal.body.headings if proposal.body else ()
    end = Span(len(proposal.lines), len(proposal.lines[-1]) + 1)
    return [*map(_header_entry, proposal.preamble.fields), *_section_entries(headings, end)]


def _header_entry(field: Field) -> OutlineEntry:
    last = field.lines[-1]
    span = Span(field.first_line, field.column, last.number, last.column + len(last.text))
    detail = safe(field.lines[0].text)
    return OutlineEntry(safe(field.name), "header", span, field.name_span, detail)


def _section_entries(headings: Sequence[Heading], end: Span) -> list[OutlineEntry]:
    """Return the sections of *headings* as a tree.

    A section ends where the next of the same or a higher level begins. Levels 1 2 2 1 give two
    sections, the first with two children.
    """
    entries = []
    while headings:
        first, *rest = headings
        inner = next((n for n, h in enumerate(rest) if h.level <= first.level), len(rest))
        section_end = rest[inner].location.span if inner < len(rest) else end
        title_span = first.location.span
        span = Span(*title_span.start, *section_end.start)
        children = tuple(_section_entries(rest[:inner], section_end))
        name = safe(first.title) or "(no title)"
        entries.append(OutlineEntry(name, "section", span, title_span, "", children))
        headings = rest[inner:]
    return entries
