"""An open proposal, as the features of the server see it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from lsprotocol import types

from ..diagnostics import Diagnostic
from ..process.model import Process
from ..proposals.model import Proposal
from .convert import Lines, to_diagnostic
from .cursor import CursorReference, reference_at
from .workspace import Workspace


class Document(NamedTuple):
    """An open file, as the editor has it at one moment."""

    uri: str
    file: Path
    text: str
    version: int | None


class OpenProposal(NamedTuple):
    """An open file that is a proposal.

    :param encoding: the encoding in whose units the editor counts.
    """

    document: Document
    workspace: Workspace
    path: str
    proposal: Proposal
    encoding: str
    today: date

    @property
    def process(self) -> Process:
        """The process of its repository."""
        return self.workspace.process

    @property
    def lines(self) -> Lines:
        """The text, to convert positions in it."""
        return _lines(self.document.text, self.encoding)

    def position(self, position: types.Position) -> tuple[int, int]:
        """Return the line and column of an editor's position."""
        return self.lines.from_position(position)

    def locate(self, path: str) -> tuple[str, Lines]:
        """Return the URI of another file of the repository, and its text."""
        lines = _lines(self.workspace.text(path), self.encoding)
        return self.workspace.uri(path), lines

    def diagnostics(self) -> list[Diagnostic]:
        """Return what ``fep check`` reports on it."""
        return self.workspace.diagnostics(self.path, self.today)

    def to_diagnostics(self, diagnostics: Iterable[Diagnostic]) -> list[types.Diagnostic]:
        """Return *diagnostics* as the editor shows them."""
        lines, rules_url = self.lines, self.workspace.repository.settings.rules_url
        locate = cache(self.locate)  # which may read a file
        return [to_diagnostic(one, lines, locate, rules_url) for one in diagnostics]

    def reference_at(self, position: types.Position) -> CursorReference | None:
        """Return the reference to a proposal at *position*."""
        return reference_at(self.proposal, self.process, *self.position(position))


@lru_cache(4)
def _lines(text: str, encoding: str) -> Lines:
    """Return the lines of a text, which are found once for the thousand fixes that it may need."""
    return Lines(text, encoding)
