"""The server: it receives the editor's requests and sends results.

One worker thread does all work in the order of the requests, so that the event loop can receive
more of them. A text is checked after a pause in typing.
"""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, TypeVar

from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pygls.lsp.server import LanguageServer

from .._text import safe
from .._version import __version__
from ..errors import FepError
from .code_actions import code_actions
from .completion import completion
from .documents import Document, OpenProposal
from .hover import hover
from .navigation import definition, document_links, document_symbols, search_proposals
from .rename import prepare_rename, rename
from .uris import to_path
from .workspaces import ErrorLog, RepositoryOpener, Workspaces

PAUSE_SECONDS = 0.2
"""The pause in typing after which a text is checked."""

REQUEST_FAILED = -32803
"""LSP 3.17, ErrorCodes.RequestFailed: a valid request that failed for a reason to show."""

WATCHED_FILES = (
    "**/pyproject.toml", "**/fep/**", "**/*.rst", "**/*.txt", "**/*.md", "**/*.notes.json",
)  # fmt: skip
"""Globs of the files that findings in most repositories depend on."""

Result = TypeVar("Result")
_DocumentParams = types.DocumentLinkParams | types.DocumentSymbolParams


class CheckedDocuments(NamedTuple):
    """The diagnostics of each open document, and errors to show."""

    diagnostics: list[types.PublishDiagnosticsParams]
    errors: list[str]


class Server(LanguageServer):
    """A server for one editor."""

    def __init__(self, open_repository: RepositoryOpener, today: Callable[[], date]) -> None:
        # Full texts, not changes: pygls splits lines where editors do not, as at U+2028.
        sync = types.TextDocumentSyncKind.Full
        super().__init__("fep", __version__, text_document_sync_kind=sync)
        self.workspaces = Workspaces(open_repository)
        self._today = today
        self._check_errors = ErrorLog()
        self._worker = ThreadPoolExecutor(1, "fep")
        self._pending_check: asyncio.TimerHandle | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        for name, function, options in _FEATURES:
            self.feature(name, options)(function)

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
        """Check the open files when nothing has been typed for a moment."""
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
        checked = await self.run(self._check_documents, self.documents())
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


# Notifications ---------------------------------------------------------------------------------


def _initialized(server: Server, _params: types.InitializedParams) -> None:
    """Ask the editor to report files that change on disk, if it can."""
    capabilities = server.client_capabilities.workspace
    watching = capabilities.did_change_watched_files if capabilities else None
    if watching is None or not watching.dynamic_registration:
        return
    watchers = [types.FileSystemWatcher(glob) for glob in WATCHED_FILES]
    options = types.DidChangeWatchedFilesRegistrationOptions(watchers)
    method = types.WORKSPACE_DID_CHANGE_WATCHED_FILES
    registration = types.Registration("files", method, options)
    server.client_register_capability(types.RegistrationParams([registration]))


def _did_open(server: Server, params: types.DidOpenTextDocumentParams) -> None:
    server.sync(saved=params.text_document.uri)


def _did_change(server: Server, _params: types.DidChangeTextDocumentParams) -> None:
    server.check_after_pause()


def _did_save(server: Server, params: types.DidSaveTextDocumentParams) -> None:
    server.sync([params.text_document.uri], params.text_document.uri)


def _did_close(server: Server, params: types.DidCloseTextDocumentParams) -> None:
    uri = params.text_document.uri
    server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, []))
    server.sync([uri])


def _did_change_watched_files(server: Server, params: types.DidChangeWatchedFilesParams) -> None:
    server.sync([change.uri for change in params.changes])


# Requests --------------------------------------------------------------------------------------


def _at_position(function: Callable[[OpenProposal, types.Position], Result]) -> Any:
    """Return the handler of a request about a position in a proposal."""

    async def handle(server: Server, params: types.TextDocumentPositionParams) -> Result | None:
        return await server.request(function, params.text_document.uri, params.position)

    return handle


def _in_document(function: Callable[[OpenProposal], Result]) -> Any:
    """Return the handler of a request about a whole proposal."""

    async def handle(server: Server, params: _DocumentParams) -> Result | None:
        return await server.request(function, params.text_document.uri)

    return handle


async def _code_action(
    server: Server, params: types.CodeActionParams
) -> Sequence[types.CodeAction] | None:
    uri, only = params.text_document.uri, params.context.only
    return await server.request(code_actions, uri, params.range, only)


async def _rename(server: Server, params: types.RenameParams) -> types.WorkspaceEdit | None:
    if not _can_move_files(server):
        message = "this editor cannot move files; run: fep renumber OLD NEW"
        raise JsonRpcException(message, REQUEST_FAILED)
    versions = {document.uri: document.version for document in server.documents()}
    uri, reopen = params.text_document.uri, server.workspaces.reopen
    return await server.request(rename, uri, params.position, params.new_name, versions, reopen)


def _can_move_files(server: Server) -> bool:
    workspace = server.client_capabilities.workspace
    edit = workspace.workspace_edit if workspace else None
    operations = edit.resource_operations if edit else None
    return types.ResourceOperationKind.Rename in (operations or ())


async def _workspace_symbol(
    server: Server, params: types.WorkspaceSymbolParams
) -> Sequence[types.WorkspaceSymbol]:
    return await server.run(search_proposals, server.workspaces, params.query)


_COMPLETION_OPTIONS = types.CompletionOptions(trigger_characters=[":", " ", "`", "<"])
_CODE_ACTION_OPTIONS = types.CodeActionOptions(
    [types.CodeActionKind.QuickFix, types.CodeActionKind.SourceFixAll]
)
_RENAME_OPTIONS = types.RenameOptions(prepare_provider=True)

_FEATURES: tuple[tuple[str, Any, Any], ...] = (
    (types.INITIALIZED, _initialized, None),
    (types.TEXT_DOCUMENT_DID_OPEN, _did_open, None),
    (types.TEXT_DOCUMENT_DID_CHANGE, _did_change, None),
    (types.TEXT_DOCUMENT_DID_SAVE, _did_save, None),
    (types.TEXT_DOCUMENT_DID_CLOSE, _did_close, None),
    (types.WORKSPACE_DID_CHANGE_WATCHED_FILES, _did_change_watched_files, None),
    (types.TEXT_DOCUMENT_COMPLETION, _at_position(completion), _COMPLETION_OPTIONS),
    (types.TEXT_DOCUMENT_HOVER, _at_position(hover), None),
    (types.TEXT_DOCUMENT_CODE_ACTION, _code_action, _CODE_ACTION_OPTIONS),
    (types.TEXT_DOCUMENT_DEFINITION, _at_position(definition), None),
    (types.TEXT_DOCUMENT_DOCUMENT_LINK, _in_document(document_links), None),
    (types.TEXT_DOCUMENT_DOCUMENT_SYMBOL, _in_document(document_symbols), None),
    (types.TEXT_DOCUMENT_PREPARE_RENAME, _at_position(prepare_rename), None),
    (types.TEXT_DOCUMENT_RENAME, _rename, _RENAME_OPTIONS),
    (types.WORKSPACE_SYMBOL, _workspace_symbol, None),
)
"""The method, the function and the options of everything that the server can do."""


# Starting --------------------------------------------------------------------------------------


def serve(open_repository: RepositoryOpener, today: Callable[[], date]) -> None:
    """Serve an editor over standard input and output until it ends the session.

    :param today: returns the date for which proposals are checked.
    """
    logging.getLogger("pygls.protocol.json_rpc").addFilter(_is_internal_error)
    server = Server(open_repository, today)
    with _standard_streams() as (stdin, stdout):
        try:
            server.start_io(stdin, stdout)
        finally:
            server.close()


@contextmanager
def _standard_streams() -> Iterator[tuple[BinaryIO, BinaryIO]]:
    """Reserve standard input and output for the protocol.

    Whatever else writes to standard output, such as a library, writes to standard error instead:
    the editor would take it for a broken message.
    """
    saved = os.dup(0), os.dup(1)
    with open(os.devnull, "rb") as nothing:
        os.dup2(nothing.fileno(), 0)
    os.dup2(2, 1)
    try:
        yield os.fdopen(saved[0], "rb", closefd=False), os.fdopen(saved[1], "wb", closefd=False)
    finally:
        for descriptor, copy in enumerate(saved):
            os.dup2(copy, descriptor)
            os.close(copy)


def _is_internal_error(record: logging.LogRecord) -> bool:
    """Return whether pygls logs an internal error, and not a request that failed with a message."""
    return not (record.exc_info and isinstance(record.exc_info[1], JsonRpcException))
