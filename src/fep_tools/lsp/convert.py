"""Our values as the protocol has them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from lsprotocol import types

from .._text import safe
from ..diagnostics import Diagnostic, Edit, Related, Severity, Span
from ..lint.reporters.context import ReportContext
from .code_actions import Fix
from .completion import Choice
from .positions import Lines, Position
from .rename import Renaming
from .symbols import Symbol

_SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.STYLE: types.DiagnosticSeverity.Information,
}
_CHOICES = {
    "header": types.CompletionItemKind.Field,
    "value": types.CompletionItemKind.EnumMember,
    "person": types.CompletionItemKind.Text,
    "proposal": types.CompletionItemKind.Reference,
}
_SYMBOLS = {"header": types.SymbolKind.Field, "section": types.SymbolKind.String}

Locate = Callable[[str], tuple[str, Lines]]
"""The URI of a path in the repository, and the lines of what it holds."""


def position(found: Position) -> types.Position:
    """A place as the protocol has it."""
    return types.Position(*found)


def range_of(span: Span, lines: Lines) -> types.Range:
    """Where *span* stands in *lines*."""
    start, end = lines.range(span)
    return types.Range(position(start), position(end))


def edits(found: Iterable[Edit], lines: Lines) -> list[types.TextEdit]:
    """Edits of the text in *lines*."""
    return [types.TextEdit(range_of(edit.span, lines), edit.text) for edit in found]


# Diagnostics -----------------------------------------------------------------------------------


def diagnostic(told: Diagnostic, lines: Lines, locate: Locate, url: str) -> types.Diagnostic:
    """A finding; *url* is the address of the rules' pages, if they have one."""
    page = ReportContext(rules_url=url).rule_url(told.name)
    return types.Diagnostic(
        range=range_of(told.span, lines),
        message=safe(f"{told.message}; {told.help}" if told.help else told.message, None),
        severity=_SEVERITIES[told.severity],
        code=told.code,
        code_description=types.CodeDescription(page) if page else None,
        source="fep",
        related_information=[_related(one, locate) for one in told.related] or None,
        data=told.fingerprint,
    )


def _related(told: Related, locate: Locate) -> types.DiagnosticRelatedInformation:
    uri, lines = locate(told.path)
    where = types.Location(uri, range_of(told.span, lines))
    return types.DiagnosticRelatedInformation(where, safe(told.message, None))


def action(
    fix: Fix, kind: types.CodeActionKind, uri: str, lines: Lines, mends: list[types.Diagnostic]
) -> types.CodeAction:
    """A fix of the text in *lines*, which *uri* names."""
    return types.CodeAction(
        title=fix.title,
        kind=kind,
        diagnostics=mends,
        is_preferred=kind is types.CodeActionKind.QuickFix or None,
        edit=types.WorkspaceEdit(changes={uri: edits(fix.edits, lines)}),
    )


# What is offered and shown ---------------------------------------------------------------------


def completion(offered: Iterable[Choice], lines: Lines) -> types.CompletionList:
    """Choices in their order; each is found by what it writes, and by what it is called."""
    return types.CompletionList(
        is_incomplete=False,
        items=[_item(choice, place, lines) for place, choice in enumerate(offered)],
    )


def _item(choice: Choice, place: int, lines: Lines) -> types.CompletionItem:
    return types.CompletionItem(
        label=choice.label,
        kind=_CHOICES[choice.kind],
        detail=choice.detail or None,
        documentation=choice.about or None,
        sort_text=f"{place:05}",
        filter_text=choice.edit.text if choice.kind == "header" else choice.label,
        text_edit=edits([choice.edit], lines)[0],
    )


def markdown(text: str) -> types.MarkupContent:
    """*text*, which is Markdown."""
    return types.MarkupContent(types.MarkupKind.Markdown, text)


def symbols(found: Sequence[Symbol], lines: Lines) -> list[types.DocumentSymbol]:
    """The parts of a proposal."""
    return [
        types.DocumentSymbol(
            name=symbol.name,
            kind=_SYMBOLS[symbol.kind],
            range=range_of(symbol.span, lines),
            selection_range=range_of(symbol.name_span, lines),
            detail=symbol.detail or None,
            children=symbols(symbol.children, lines),
        )
        for symbol in found
    ]


# Renaming --------------------------------------------------------------------------------------


def renaming(
    made: Renaming, locate: Locate, versions: Mapping[str, int | None]
) -> types.WorkspaceEdit:
    """The edits of each file under its old name, and then the new names."""
    changes: list[types.TextDocumentEdit | types.RenameFile] = []
    for path, found in made.edits.items():
        uri, lines = locate(path)
        document = types.OptionalVersionedTextDocumentIdentifier(uri, versions.get(uri))
        changes.append(types.TextDocumentEdit(document, edits(found, lines)))
    for before, after in made.moved.items():
        changes.append(types.RenameFile(locate(before)[0], locate(after)[0]))
    return types.WorkspaceEdit(document_changes=changes)
