"""Questions brought to the proposals that they are about.

All of it runs in the one thread that works; nothing here waits, and nothing is sent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from lsprotocol import types

from .._text import safe
from ..diagnostics import Diagnostic
from ..editing.titles import proposal_summaries
from ..errors import FepError
from .documents import diagnostics, Document, OpenDocument, TOP, uri
from .workspace import Workspace
from .workspaces import Office


class DocumentDiagnostics(NamedTuple):
    """What to show of each document, and what to complain about."""

    shown: list[types.PublishDiagnosticsParams]
    complaints: list[str]


class Answers:
    """The answers to one editor, which counts in the units of *encoding*."""

    def __init__(self, office: Office, today: Callable[[], date], encoding: str) -> None:
        self._office = office
        self._today = today
        self._encoding = encoding

    def ask(self, document: Document, function: Callable[..., Any], *given: object) -> Any:
        """What *function* says of *document*; of what is no proposal, nothing."""
        page = self._page(document)
        return None if page is None else function(page, *given)

    def _page(self, document: Document) -> OpenDocument | None:
        sheet = self._office.sheet(document.file)
        if sheet is None:
            return None
        proposal = sheet.desk.write(sheet.path, document.text)
        return OpenDocument(
            document, sheet.desk, sheet.path, proposal, self._encoding, self._today()
        )

    def judge(self, documents: Sequence[Document]) -> DocumentDiagnostics:
        """What ``fep check`` says of *documents*; of what is no proposal, nothing."""
        pages = {document: self._page(document) for document in documents}
        shown: list[types.PublishDiagnosticsParams] = []
        complaints: dict[str, None] = {}
        for document, page in pages.items():
            told: list[Diagnostic] = []
            try:
                told = page.told() if page else []
            except FepError as problem:
                complaints[str(problem)] = None
            found = diagnostics(page, told) if page else []
            shown.append(types.PublishDiagnosticsParams(document.uri, found, document.version))
        return DocumentDiagnostics(shown, self._office.new_complaints(complaints))

    def search(self, query: str) -> list[types.WorkspaceSymbol]:
        """The proposals whose number or title holds *query*."""
        wanted = query.casefold()
        found = (symbol for desk in self._office.desks for symbol in _symbols(desk))
        return [symbol for symbol in found if wanted in symbol.name.casefold()]


def _symbols(desk: Workspace) -> Iterator[types.WorkspaceSymbol]:
    """Every proposal of a repository."""
    corpus = desk.corpus()
    for number, title, kind in proposal_summaries(corpus, desk.process):
        yield types.WorkspaceSymbol(
            location=types.Location(uri(desk, corpus.by_number[number].path), TOP),
            name=safe(f"{desk.process.label(number)}: {title}"),
            kind=types.SymbolKind.File,
            container_name=kind or None,
        )
