"""What an editor asks of its open files, answered in the protocol's words.

All of it runs in the one thread that works; nothing here waits, and nothing is sent.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import NamedTuple

from lsprotocol import types
from pygls.uris import from_fs_path

from ..choices import numbered
from ..diagnostic import Diagnostic
from ..diagnostic import Span
from ..errors import FepError
from ..proposal import Proposal
from ..text import safe
from . import convert
from .completion import choices
from .desk import Desk
from .fixes import all_at_once
from .fixes import fixes
from .hover import hover
from .office import Office
from .office import Sheet
from .outline import outline
from .positions import Lines
from .positions import Position
from .references import Reference
from .references import reference_at
from .references import references

_TOP = types.Range(types.Position(0, 0), types.Position(0, 0))


class Document(NamedTuple):
    """A file as an editor has it at a moment."""

    uri: str
    file: Path
    text: str
    version: int | None


class Judgement(NamedTuple):
    """What to show of each document, and what to complain about."""

    shown: list[types.PublishDiagnosticsParams]
    complaints: list[str]


class Answers:
    """The answers to one editor, which counts in the units of *encoding*."""

    def __init__(self, office: Office, today: Callable[[], date], encoding: str) -> None:
        self.office = office
        self._today = today
        self._encoding = encoding

    # Where things are ------------------------------------------------------------------------

    def _sheet(self, document: Document) -> tuple[Sheet, Proposal] | None:
        """The desk of *document*, and the proposal in it as it is written now."""
        sheet = self.office.sheet(document.file)
        return sheet and (sheet, sheet.desk.write(sheet.path, document.text))

    def _lines(self, text: str) -> Lines:
        return Lines(text, self._encoding)

    def _locate(self, desk: Desk, path: str) -> tuple[str, Lines]:
        uri = from_fs_path(str(desk.repository.root / path)) or ""
        return uri, self._lines(desk.text(path))

    def _at(self, document: Document, position: types.Position) -> tuple[int, int]:
        lines = self._lines(document.text)
        return lines.place(Position(position.line, position.character))

    # Findings --------------------------------------------------------------------------------

    def judge(self, documents: Sequence[Document]) -> Judgement:
        """What ``fep check`` says of *documents*; of what is no proposal, nothing."""
        sheets = {document: self._sheet(document) for document in documents}
        shown: list[types.PublishDiagnosticsParams] = []
        complaints: dict[str, None] = {}
        for document, found in sheets.items():
            try:
                told = found[0].desk.told(found[0].path, self._today()) if found else []
            except FepError as problem:
                told, complaints[str(problem)] = [], None
            shown.append(self._shown(document, found[0] if found else None, told))
        return Judgement(shown, self.office.new_complaints(complaints))

    def _shown(
        self, document: Document, sheet: Sheet | None, told: Sequence[Diagnostic]
    ) -> types.PublishDiagnosticsParams:
        found = list(self._diagnostics(document, sheet.desk, told)) if sheet else []
        return types.PublishDiagnosticsParams(document.uri, found, document.version)

    def _diagnostics(
        self, document: Document, desk: Desk, told: Iterable[Diagnostic]
    ) -> Iterator[types.Diagnostic]:
        lines, url = self._lines(document.text), desk.repository.settings["rules-url"]
        locate = partial(self._locate, desk)
        return (convert.diagnostic(one, lines, locate, url) for one in told)

    def actions(
        self, document: Document, wanted: types.Range, only: Sequence[str] | None
    ) -> list[types.CodeAction]:
        """The fixes of what is found in a range, and the one of all that can be mended."""
        found = self._sheet(document)
        if found is None:
            return []
        desk, told = found[0].desk, found[0].desk.told(found[0].path, self._today())
        span = Span(*self._at(document, wanted.start), *self._at(document, wanted.end))
        everything = all_at_once(told)
        offered = [(fix, types.CodeActionKind.QuickFix) for fix in fixes(told, span)]
        offered += [(everything, types.CodeActionKind.SourceFixAll)] if everything else []
        lines = self._lines(document.text)
        return [
            convert.action(
                fix, kind, document.uri, lines, list(self._diagnostics(document, desk, fix.mends))
            )
            for fix, kind in offered
            if only is None or any(_is_kind(kind, asked) for asked in only)
        ]

    # What helps to write and to read ---------------------------------------------------------

    def completion(
        self, document: Document, position: types.Position
    ) -> types.CompletionList | None:
        """What may be written at *position*."""
        sheet = self.office.sheet(document.file)
        if sheet is None:
            return None
        writing = sheet.desk.writing(sheet.path, document.text, self._today())
        offered = choices(writing, *self._at(document, position))
        return convert.completion(offered, self._lines(document.text))

    def hover(self, document: Document, position: types.Position) -> types.Hover | None:
        """What there is to know about what stands at *position*."""
        found = self._sheet(document)
        if found is None:
            return None
        (desk, path), proposal = found
        told = desk.told(path, self._today())
        at = self._at(document, position)
        text = hover(proposal, desk.corpus(), desk.process, told, *at)
        return types.Hover(convert.markdown(text)) if text else None

    def symbols(self, document: Document) -> list[types.DocumentSymbol]:
        """The headers and the sections of *document*."""
        found = self._sheet(document)
        if found is None:
            return []
        (desk, path), _proposal = found
        return convert.symbols(outline(desk.with_body(path)), self._lines(document.text))

    def search(self, query: str) -> list[types.WorkspaceSymbol]:
        """The proposals whose number or title holds *query*."""
        return [
            types.WorkspaceSymbol(
                location=types.Location(
                    uri, types.Range(types.Position(0, 0), types.Position(0, 0))
                ),
                name=name,
                kind=types.SymbolKind.File,
                container_name=kind or None,
            )
            for desk in self.office.desks
            for name, kind, uri in self._named(desk)
            if query.casefold() in name.casefold()
        ]

    def _named(self, desk: Desk) -> Iterator[tuple[str, str, str]]:
        corpus = desk.corpus()
        for number, title, kind in numbered(corpus, desk.process):
            path = corpus.by_number[number].path
            uri = from_fs_path(str(desk.repository.root / path)) or ""
            yield safe(f"{desk.process.label(number)}: {title}"), kind, uri

    # Other proposals -------------------------------------------------------------------------

    def definition(self, document: Document, position: types.Position) -> types.Location | None:
        """The proposal that is named at *position*."""
        found = self._sheet(document)
        if found is None:
            return None
        (desk, _path), proposal = found
        named = reference_at(proposal, desk.process, *self._at(document, position))
        uri = self._file(desk, named) if named else None
        return types.Location(uri, _TOP) if uri else None

    def _file(self, desk: Desk, named: Reference) -> str | None:
        other = desk.corpus().get(named.number)
        return from_fs_path(str(desk.repository.root / other.path)) if other else None

    def links(self, document: Document) -> list[types.DocumentLink]:
        """Every place that names another proposal."""
        found = self._sheet(document)
        if found is None:
            return []
        (desk, _path), proposal = found
        lines = self._lines(document.text)
        return [
            types.DocumentLink(convert.range_of(named.whole, lines), uri)
            for named in references(proposal, desk.process)
            if (uri := self._file(desk, named))
        ]

    def prepare_rename(
        self, document: Document, position: types.Position
    ) -> types.PrepareRenamePlaceholder | None:
        """The number at *position*, if there is one."""
        named = self._named_at(document, position)
        if named is None:
            return None
        where = convert.range_of(named.span, self._lines(document.text))
        return types.PrepareRenamePlaceholder(where, str(named.number))

    def _named_at(self, document: Document, position: types.Position) -> Reference | None:
        found = self._sheet(document)
        if found is None:
            return None
        (desk, _path), proposal = found
        return reference_at(proposal, desk.process, *self._at(document, position))

    def rename(
        self,
        document: Document,
        position: types.Position,
        name: str,
        versions: Mapping[str, int | None],
    ) -> types.WorkspaceEdit | None:
        """Another number for the proposal that is named at *position*; raises FepError."""
        named = self._named_at(document, position)
        sheet = self.office.sheet(document.file)
        if named is None or sheet is None:
            return None
        desk = sheet.desk
        made = desk.renamed(self.office.fresh(desk), named.number, name, sheet.path)
        return convert.renaming(made, partial(self._locate, desk), versions)


def _is_kind(kind: types.CodeActionKind, asked: str) -> bool:
    """Whether *kind* is the one that is *asked* for, or one below it."""
    return kind.value == asked or kind.value.startswith(f"{asked}.")
