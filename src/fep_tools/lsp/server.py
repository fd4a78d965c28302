"""The server: it does the work that handlers ask for, and sends results.

One worker thread does all work in the order of the requests, so that the event loop can receive
more of them. A text that changes while it is checked is checked once more after that.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from lsprotocol import types
from pygls.exceptions import FeatureRequestError, JsonRpcException, JsonRpcInternalError
from pygls.lsp.server import LanguageServer

from .._text import safe
from .._version import __version__
from ..errors import FepError
from .documents import Document, OpenProposal
from .protocol import Protocol
from .uris import to_path
from .workspaces import ErrorLog, RepositoryOpener, Workspaces

PAUSE_SECONDS = 0.02
"""How long after a change a text is checked. Editors report several changes for one command."""

REQUEST_FAILED = -32803
"""LSP 3.17, ErrorCodes.RequestFailed: a valid request that failed for a reason to show."""

UNHANDLED = "a message of the editor could not be handled; the log of this server says why"
"""What is shown if a notification fails, which gets no answer."""

Result = TypeVar("Result")

logger = logging.getLogger(__name__)


class CheckedDocuments(NamedTuple):
    """The diagnostics of each open document, and errors to show."""

    diagnostics: list[types.PublishDiagnosticsParams]
    errors: list[str]


class Server(LanguageServer):
    """A server for one editor."""

    def __init__(self, open_repository: RepositoryOpener, today: Callable[[], date]) -> None:
        # Full texts, not changes: pygls splits lines where editors do not, as at U+2028.
        sync = types.TextDocumentSyncKind.Full
        super().__init__("fep", __version__, protocol_cls=Protocol, text_document_sync_kind=sync)
        self.workspaces = Workspaces(open_repository)
        self._today = today
        self._check_errors = ErrorLog()
        self._worker = ThreadPoolExecutor(1, "fep")
        self._pending_check: asyncio.TimerHandle | None = None
        self._is_checking = self._is_outdated = False
        self._tasks: set[asyncio.Task[None]] = set()

    @cached_property
    def _encoding(self) -> str:
        """The encoding in whose units positions count, as agreed with the editor."""
        agreed = self.server_capabilities.position_encoding
        return str(getattr(agreed, "value", agreed or "utf-16"))

    def document(self, uri: str) -> Document | None:
        """Return the open file that *uri* names, in whatever spelling; ``None`` if there is none.

        Its own URI is the one under which the editor opened it.
        """
        name = to_path(uri)
        file = Path(name) if name else None
        return next((document for document in self.documents() if document.file == file), None)

    def documents(self) -> list[Document]:
        """Return every open file. Untitled documents and old versions from git are no files."""
        # pygls keeps documents under decoded URIs, which name other files or none.
        opened = list(self.workspace.text_documents.values())
        return [
            Document(document.uri, Path(name), document.source, document.version)
            for document in opened
            if (name := to_path(document.uri))
        ]

    # Requests --------------------------------------------------------------------------------

    def run(self, function: Callable[..., Result], *arguments: object) -> Awaitable[Result]:
        """Run *function* in the worker thread, after the requests before it."""
        return asyncio.get_running_loop().run_in_executor(self._worker, function, *arguments)

    async def request(
        self, function: Callable[..., Result], uri: str, *arguments: object
    ) -> Result | None:
        """Return ``function(open_proposal, *arguments)``; ``None`` if *uri* is no proposal.

        :raises JsonRpcException: with the message of a :class:`FepError`, which editors show.
        """
        document = self.document(uri)
        if document is None:
            return None
        try:
            return await self.run(self._call, document, function, *arguments)
        except FepError as problem:
            raise JsonRpcException(safe(str(problem), None), REQUEST_FAILED) from None

    def _call(
        self, document: Document, function: Callable[..., Result], *arguments: object
    ) -> Result | None:
        open_proposal = self._open_proposal(document)
        return None if open_proposal is None else function(open_proposal, *arguments)

    def _open_proposal(self, document: Document) -> OpenProposal | None:
        open_file = self.workspaces.find(document.file)
        if open_file is None:
            return None
        workspace, path = open_file
        proposal = workspace.update(path, document.text)
        return OpenProposal(document, workspace, path, proposal, self._encoding, self._today())

    # Checking --------------------------------------------------------------------------------

    def sync(self, changed: Sequence[str] = (), saved: str = "") -> None:
        """Read changed files again, find the repository of each open file, and check them.

        :param changed: URIs of files that changed on disk.
        :param saved: the URI of a file that was opened or saved.
        """
        files = [Path(name) for uri in changed if (name := to_path(uri))]
        opened = {document.file: document.uri for document in self.documents()}
        saved_name = to_path(saved)
        errors = self.run(self._sync, files, opened, Path(saved_name) if saved_name else None)
        self._start(self._show_errors(errors))
        self._start(self._check())

    def _sync(
        self, changed: Sequence[Path], opened: Mapping[Path, str], saved: Path | None
    ) -> list[str]:
        for file in changed:
            self.workspaces.refresh(file)
        errors = self.workspaces.sync(opened)
        self.workspaces.read_committed(saved)
        return errors

    def check_after_pause(self) -> None:
        """Check the open files when they have not changed for a moment."""
        if self._pending_check is not None:
            self._pending_check.cancel()
        loop = asyncio.get_running_loop()
        self._pending_check = loop.call_later(PAUSE_SECONDS, lambda: self._start(self._check()))

    def _start(self, work: Awaitable[None]) -> None:
        # The event loop keeps weak references only; a task without another one may disappear.
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _check(self) -> None:
        self._is_outdated = True
        if self._is_checking:  # or somebody who types fast would wait for checks of old texts
            return
        self._is_checking = True
        try:
            while self._is_outdated:
                self._is_outdated = False
                self._publish(await self.run(self._check_documents, self.documents()))
        finally:
            self._is_checking = False

    def _publish(self, checked: CheckedDocuments) -> None:
        for params in checked.diagnostics:
            document = self.document(params.uri)
            # The text may have changed while it was checked; its next version is checked soon.
            if document is not None and document.version == params.version:
                self.text_document_publish_diagnostics(params)
        self._show(checked.errors)

    def _check_documents(self, documents: Sequence[Document]) -> CheckedDocuments:
        # All texts first: a finding in one proposal may depend on the text of another.
        proposals = [(document, self._open_proposal(document)) for document in documents]
        checked: list[types.PublishDiagnosticsParams] = []
        errors: dict[str, None] = {}
        for document, proposal in proposals:
            shown: list[types.Diagnostic] = []
            try:
                shown = proposal.to_diagnostics(proposal.diagnostics()) if proposal else []
            except FepError as problem:
                errors[str(problem)] = None
            params = types.PublishDiagnosticsParams(document.uri, shown, document.version)
            checked.append(params)
        return CheckedDocuments(checked, self._check_errors.unreported(errors))

    def report_server_error(self, error: Exception, source: type[Exception]) -> None:
        """Show that a message failed that gets no answer; what has failed is in the log.

        pygls would show a Python exception, such as the ``KeyError`` of a change to a file that the
        editor has not opened.
        """
        if source is FeatureRequestError:
            return  # the editor has an answer
        if isinstance(error, JsonRpcInternalError):  # others are in the log already
            data: Any = error.data
            logger.error("fep: %s\n%s", error, "".join(data["traceback"]))
        self._show([UNHANDLED])

    async def _show_errors(self, errors: Awaitable[list[str]]) -> None:
        self._show(await errors)

    def _show(self, errors: Sequence[str]) -> None:
        for error in errors:
            text = f"fep: {safe(error, None)}"
            self.window_show_message(types.ShowMessageParams(types.MessageType.Error, text))

    def close(self) -> None:
        """Wait for the worker thread, and stop all processes."""
        self._worker.submit(self.workspaces.close)
        self._worker.shutdown()
