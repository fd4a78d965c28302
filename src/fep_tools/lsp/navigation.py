"""Ways to get around: the outline of a proposal, links to others, and a search by title."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from lsprotocol import types

from .._text import safe
from ..diagnostics import Span
from ..editing.titles import proposal_summaries
from ..proposals.body import Heading
from ..proposals.header_field import Field
from ..proposals.model import Corpus, Proposal
from .convert import FILE_START, Lines
from .cursor import CursorReference, find_references
from .documents import OpenProposal
from .workspace import Workspace

# Links -----------------------------------------------------------------------------------------


def definition(open_proposal: OpenProposal, position: types.Position) -> types.Location | None:
    """Return the file of the proposal that is named at *position*."""
    reference = open_proposal.reference_at(position)
    workspace = open_proposal.workspace
    target = _target_uri(workspace, workspace.corpus(), reference) if reference else None
    return types.Location(target, FILE_START) if target else None


def document_links(open_proposal: OpenProposal) -> list[types.DocumentLink]:
    """Return a link for every reference to another proposal."""
    workspace = open_proposal.workspace
    corpus = workspace.corpus()
    return [
        types.DocumentLink(open_proposal.lines.to_range(reference.whole_span), target)
        for reference in find_references(open_proposal.proposal, open_proposal.process)
        if (target := _target_uri(workspace, corpus, reference))
    ]


def _target_uri(workspace: Workspace, corpus: Corpus, reference: CursorReference) -> str | None:
    target = corpus.get(reference.number)
    return workspace.uri(target.path) if target else None


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


def document_symbols(open_proposal: OpenProposal) -> list[types.DocumentSymbol]:
    """Return the headers and sections of a proposal."""
    proposal = open_proposal.workspace.with_body(open_proposal.path)
    return outline(proposal, open_proposal.lines)


def outline(proposal: Proposal, lines: Lines) -> list[types.DocumentSymbol]:
    """Return the headers and sections of *proposal*, in the order of its text."""
    headings = proposal.body.headings if proposal.body else ()
    end = Span(len(proposal.lines), len(proposal.lines[-1]) + 1)
    headers = [_header_symbol(field, lines) for field in proposal.preamble.fields]
    return [*headers, *_section_symbols(headings, end, lines)]


def _header_symbol(field: Field, lines: Lines) -> types.DocumentSymbol:
    last = field.lines[-1]
    span = Span(field.first_line, field.column, last.number, last.column + len(last.text))
    return types.DocumentSymbol(
        name=safe(field.name),
        kind=types.SymbolKind.Field,
        range=lines.to_range(span),
        selection_range=lines.to_range(field.name_span),
        detail=safe(field.lines[0].text) or None,
        children=[],
    )


def _section_symbols(
    headings: Sequence[Heading], end: Span, lines: Lines
) -> list[types.DocumentSymbol]:
    """Return the sections of *headings* as a tree.

    A section ends where the next of the same or a higher level begins. Levels 1 2 2 1 give two
    sections, the first with two children.
    """
    symbols = []
    index, count = 0, len(headings)
    while index < count:
        first = headings[index]
        following = range(index + 1, count)
        after = next((n for n in following if headings[n].level <= first.level), count)
        section_end = headings[after].location.span if after < count else end
        title = first.location.span
        symbols.append(
            types.DocumentSymbol(
                name=safe(first.title) or "(no title)",
                kind=types.SymbolKind.String,
                range=lines.to_range(Span(*title.start, *section_end.start)),
                selection_range=lines.to_range(title),
                children=_section_symbols(headings[index + 1 : after], section_end, lines),
            )
        )
        index = after
    return symbols
