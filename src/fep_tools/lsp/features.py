"""What the server can do: a handler for each notification and request of the protocol."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from lsprotocol import types
from pygls.exceptions import JsonRpcException

from .code_actions import code_actions
from .completion import completion
from .documents import OpenProposal
from .hover import hover
from .navigation import definition, document_links, document_symbols, search_proposals
from .rename import prepare_rename, rename
from .server import REQUEST_FAILED, Server

WATCHED_FILES = (
    "**/pyproject.toml", "**/fep/**", "**/*.rst", "**/*.txt", "**/*.md", "**/*.notes.json",
    "**/*.extensions.json",
)  # fmt: skip
"""Globs of the files that findings in most repositories depend on."""

Result = TypeVar("Result")
_DocumentParams = types.DocumentLinkParams | types.DocumentSymbolParams


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

FEATURES: tuple[tuple[str, Any, Any], ...] = (
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
