"""What an editor asks of one open proposal, answered in the protocol's words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from lsprotocol import types
from pygls.uris import from_fs_path

from ..diagnostics import Diagnostic, Span
from ..proposals.model import Proposal
from ..repository import Repository
from . import convert
from .code_actions import all_at_once, fixes
from .completion import choices
from .hover import hover as shown_at
from .positions import Lines, Position
from .references import CursorReference, reference_at, references
from .symbols import outline
from .workspace import Workspace

TOP = types.Range(types.Position(0, 0), types.Position(0, 0))
"""Where a file begins."""


class Document(NamedTuple):
    """A file as an editor has it at a moment."""

    uri: str
    file: Path
    text: str
    version: int | None


class OpenDocument(NamedTuple):
    """An open proposal: what is written, where it belongs, and how its places are counted."""

    document: Document
    desk: Workspace
    path: str
    proposal: Proposal
    encoding: str
    today: date

    @property
    def lines(self) -> Lines:
        """The text, for telling places."""
        return Lines(self.document.text, self.encoding)

    def at(self, position: types.Position) -> tuple[int, int]:
        """Our line and column of *position*."""
        return self.lines.place(Position(position.line, position.character))

    def locate(self, path: str) -> tuple[str, Lines]:
        """The URI of another path, and the lines of what that holds."""
        return uri(self.desk, path), Lines(self.desk.text(path), self.encoding)

    def told(self) -> list[Diagnostic]:
        """What ``fep check`` says of it."""
        return self.desk.told(self.path, self.today)

    def named(self, position: types.Position) -> CursorReference | None:
        """The proposal that is named at *position*."""
        return reference_at(self.proposal, self.desk.process, *self.at(position))


def uri(desk: Workspace, path: str) -> str:
    """The address of the file at *path*."""
    return from_fs_path(str(desk.repository.root / path)) or ""


# Findings --------------------------------------------------------------------------------------


def diagnostics(page: OpenDocument, told: Iterable[Diagnostic]) -> list[types.Diagnostic]:
    """What was *told* of *page*."""
    lines, rules = page.lines, page.desk.repository.settings.rules_url
    return [convert.diagnostic(one, lines, page.locate, rules) for one in told]


def actions(
    page: OpenDocument, wanted: types.Range, only: Sequence[str] | None
) -> list[types.CodeAction]:
    """The fixes of what is found in a range, and the one of all that can be mended."""
    told = page.told()
    everything = all_at_once(told)
    span = Span(*page.at(wanted.start), *page.at(wanted.end))
    offered = [(fix, types.CodeActionKind.QuickFix) for fix in fixes(told, span)]
    offered += [(everything, types.CodeActionKind.SourceFixAll)] if everything else []
    return [
        convert.action(fix, kind, page.document.uri, page.lines, diagnostics(page, fix.mends))
        for fix, kind in offered
        if only is None or any(_is_kind(kind, asked) for asked in only)
    ]


def _is_kind(kind: types.CodeActionKind, asked: str) -> bool:
    """Whether *kind* is the one that is *asked* for, or one below it."""
    return kind.value == asked or kind.value.startswith(f"{asked}.")


# What helps to write and to read ---------------------------------------------------------------


def completion(page: OpenDocument, position: types.Position) -> types.CompletionList:
    """What may be written at *position*."""
    writing = page.desk.writing(page.path, page.document.text, page.today)
    return convert.completion(choices(writing, *page.at(position)), page.lines)


def hover(page: OpenDocument, position: types.Position) -> types.Hover | None:
    """What there is to know about what stands at *position*."""
    corpus, process = page.desk.corpus(), page.desk.process
    text = shown_at(page.proposal, corpus, process, page.told(), *page.at(position))
    return types.Hover(convert.markdown(text)) if text else None


def symbols(page: OpenDocument) -> list[types.DocumentSymbol]:
    """The headers and the sections."""
    return convert.symbols(outline(page.desk.with_body(page.path)), page.lines)


# Other proposals -------------------------------------------------------------------------------


def definition(page: OpenDocument, position: types.Position) -> types.Location | None:
    """The file of the proposal that is named at *position*."""
    named = page.named(position)
    target = _file(page, named) if named else None
    return types.Location(target, TOP) if target else None


def links(page: OpenDocument) -> list[types.DocumentLink]:
    """Every place that names another proposal."""
    return [
        types.DocumentLink(convert.range_of(named.whole, page.lines), target)
        for named in references(page.proposal, page.desk.process)
        if (target := _file(page, named))
    ]


def _file(page: OpenDocument, named: CursorReference) -> str | None:
    other = page.desk.corpus().get(named.number)
    return uri(page.desk, other.path) if other else None


def prepare_rename(
    page: OpenDocument, position: types.Position
) -> types.PrepareRenamePlaceholder | None:
    """The number at *position*, if there is one."""
    named = page.named(position)
    if named is None:
        return None
    where = convert.range_of(named.span, page.lines)
    return types.PrepareRenamePlaceholder(where, str(named.number))


def rename(
    page: OpenDocument,
    position: types.Position,
    name: str,
    versions: Mapping[str, int | None],
    fresh: Callable[[Workspace], Repository],
) -> types.WorkspaceEdit | None:
    """Another number for the proposal that is named at *position*; raises FepError."""
    named = page.named(position)
    if named is None:
        return None
    made = page.desk.renamed(fresh(page.desk), named.number, name, page.path)
    return convert.renaming(made, page.locate, versions)
