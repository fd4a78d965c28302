"""Which question of the protocol gets which answer: one function for each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lsprotocol import types
from pygls.exceptions import JsonRpcException

from . import documents
from .server import REFUSED, Server, WATCHED


def register(server: Server) -> None:
    """Let *server* answer everything that there is an answer to."""
    for name, function, options in _FEATURES:
        server.feature(name, options)(function)


# What happens to files -------------------------------------------------------------------------


def initialized(server: Server, _given: types.InitializedParams) -> None:
    """Ask the editor to tell of files that change on disk, if it can."""
    capabilities = server.client_capabilities.workspace
    watching = capabilities.did_change_watched_files if capabilities else None
    if watching is None or not watching.dynamic_registration:
        return
    watchers = [types.FileSystemWatcher(glob) for glob in WATCHED]
    options = types.DidChangeWatchedFilesRegistrationOptions(watchers)
    wanted = types.Registration("files", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
    server.client_register_capability(types.RegistrationParams([wanted]))


def opened(server: Server, given: types.DidOpenTextDocumentParams) -> None:
    """Find the repository of the file, and judge."""
    server.look(saved=given.text_document.uri)


def changed(server: Server, _given: types.DidChangeTextDocumentParams) -> None:
    """Judge, soon."""
    server.soon()


def saved(server: Server, given: types.DidSaveTextDocumentParams) -> None:
    """Read what is on disk now; it may be the process."""
    server.look([given.text_document.uri], given.text_document.uri)


def closed(server: Server, given: types.DidCloseTextDocumentParams) -> None:
    """Take what is on disk again, and show nothing of it."""
    uri = given.text_document.uri
    server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, []))
    server.look([uri])


def watched(server: Server, given: types.DidChangeWatchedFilesParams) -> None:
    """Read again what changed on disk."""
    server.look([change.uri for change in given.changes])


# Questions about a document ----------------------------------------------------------------------


async def completion(server: Server, given: types.CompletionParams) -> types.CompletionList | None:
    """What may be written."""
    uri = given.text_document.uri
    return await server.answer(documents.completion, uri, given.position)


async def hover(server: Server, given: types.HoverParams) -> types.Hover | None:
    """What there is to know."""
    return await server.answer(documents.hover, given.text_document.uri, given.position)


async def actions(
    server: Server, given: types.CodeActionParams
) -> Sequence[types.CodeAction] | None:
    """What can be mended."""
    uri, only = given.text_document.uri, given.context.only
    return await server.answer(documents.actions, uri, given.range, only)


async def definition(server: Server, given: types.DefinitionParams) -> types.Location | None:
    """Where a proposal is."""
    return await server.answer(documents.definition, given.text_document.uri, given.position)


async def links(
    server: Server, given: types.DocumentLinkParams
) -> Sequence[types.DocumentLink] | None:
    """What leads to other proposals."""
    return await server.answer(documents.links, given.text_document.uri)


async def symbols(
    server: Server, given: types.DocumentSymbolParams
) -> Sequence[types.DocumentSymbol] | None:
    """What a proposal is made of."""
    return await server.answer(documents.symbols, given.text_document.uri)


async def prepare_rename(
    server: Server, given: types.PrepareRenameParams
) -> types.PrepareRenamePlaceholder | None:
    """Which number would be another."""
    uri = given.text_document.uri
    return await server.answer(documents.prepare_rename, uri, given.position)


async def rename(server: Server, given: types.RenameParams) -> types.WorkspaceEdit | None:
    """Another number for a proposal, and another name for its file."""
    if not _can_move(server):
        message = "this editor cannot move files in an edit; use `fep renumber OLD NEW`"
        raise JsonRpcException(message, REFUSED)
    versions = {document.uri: document.version for document in server.documents()}
    uri = given.text_document.uri
    wanted = (given.position, given.new_name, versions, server.office.fresh)
    return await server.answer(documents.rename, uri, *wanted)


def _can_move(server: Server) -> bool:
    workspace = server.client_capabilities.workspace
    edit = workspace.workspace_edit if workspace else None
    kinds = edit.resource_operations if edit else None
    return types.ResourceOperationKind.Rename in (kinds or ())


async def search(
    server: Server, given: types.WorkspaceSymbolParams
) -> Sequence[types.WorkspaceSymbol]:
    """Proposals by title."""
    return await server.work(server.answers.search, given.query)


_ACTIONS = types.CodeActionOptions(
    [types.CodeActionKind.QuickFix, types.CodeActionKind.SourceFixAll]
)
_FEATURES: tuple[tuple[str, Any, Any], ...] = (
    (types.INITIALIZED, initialized, None),
    (types.TEXT_DOCUMENT_DID_OPEN, opened, None),
    (types.TEXT_DOCUMENT_DID_CHANGE, changed, None),
    (types.TEXT_DOCUMENT_DID_SAVE, saved, None),
    (types.TEXT_DOCUMENT_DID_CLOSE, closed, None),
    (types.WORKSPACE_DID_CHANGE_WATCHED_FILES, watched, None),
    (
        types.TEXT_DOCUMENT_COMPLETION,
        completion,
        types.CompletionOptions(trigger_characters=[":", " ", "`", "<"]),
    ),
    (types.TEXT_DOCUMENT_HOVER, hover, None),
    (types.TEXT_DOCUMENT_CODE_ACTION, actions, _ACTIONS),
    (types.TEXT_DOCUMENT_DEFINITION, definition, None),
    (types.TEXT_DOCUMENT_DOCUMENT_LINK, links, None),
    (types.TEXT_DOCUMENT_DOCUMENT_SYMBOL, symbols, None),
    (types.TEXT_DOCUMENT_PREPARE_RENAME, prepare_rename, None),
    (types.TEXT_DOCUMENT_RENAME, rename, types.RenameOptions(prepare_provider=True)),
    (types.WORKSPACE_SYMBOL, search, None),
)
