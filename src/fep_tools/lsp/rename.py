"""Renumber a proposal: edits of every file that has its number, and a new name for its file."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from lsprotocol import types

from .._text import quote
from ..diagnostics import Edit, Span
from ..editing.file_changes import FileChanges
from ..editing.renumber import plan_renumbering
from ..errors import FepError
from ..process.model import Process
from ..repository import Repository
from .convert import Lines
from .documents import OpenProposal
from .workspace import Workspace


def prepare_rename(
    open_proposal: OpenProposal, position: types.Position
) -> types.PrepareRenamePlaceholder | None:
    """Return the number at *position*, if there is one."""
    reference = open_proposal.reference_at(position)
    if reference is None:
        return None
    range_ = open_proposal.lines.to_range(reference.span)
    return types.PrepareRenamePlaceholder(range_, str(reference.number))


def rename(
    open_proposal: OpenProposal,
    position: types.Position,
    new_name: str,
    versions: Mapping[str, int | None],
    reopen: Callable[[Workspace], Repository],
) -> types.WorkspaceEdit | None:
    """Return the edits that give the proposal at *position* another number.

    :param versions: the versions of the open documents, by URI.
    :param reopen: returns the repository as it is on disk now.
    :raises FepError: if *new_name* is no number, or the number is taken.
    """
    reference = open_proposal.reference_at(position)
    if reference is None:
        return None
    workspace, path = open_proposal.workspace, open_proposal.path
    old = reference.number
    # If two proposals have the number, the one that the cursor is in is meant.
    sharing = [proposal.path for proposal in workspace.corpus() if proposal.number == old]
    which = path if len(sharing) > 1 and path in sharing else None
    new = parse_number(new_name, open_proposal.process)
    texts = workspace.open_texts()
    plan = plan_renumbering(reopen(workspace), old, new, which, overrides=texts)
    return _to_workspace_edit(open_proposal, plan, versions)


def _to_workspace_edit(
    open_proposal: OpenProposal, plan: FileChanges, versions: Mapping[str, int | None]
) -> types.WorkspaceEdit:
    """Return the edits of each file under its old name, then the new names."""
    changes: list[types.TextDocumentEdit | types.RenameFile] = []
    for new_path, text in plan.texts.items():
        path = plan.old_paths.get(new_path, new_path)
        uri, lines = open_proposal.locate(path)[0], Lines(plan.before[path], open_proposal.encoding)
        document = types.OptionalVersionedTextDocumentIdentifier(uri, versions.get(uri))
        edits = lines.to_edits(line_edits(plan.before[path], text))
        changes.append(types.TextDocumentEdit(document, edits))
    for before, after in plan.moved.items():
        old_uri, new_uri = open_proposal.locate(before)[0], open_proposal.locate(after)[0]
        changes.append(types.RenameFile(old_uri, new_uri))
    return types.WorkspaceEdit(document_changes=changes)


def parse_number(name: str, process: Process) -> int:
    """Return the number in *name*, such as ``12``, ``0012`` or ``FEP 12``.

    :raises FepError: if it has none.
    """
    number = process.number_from_label(name)
    if number is None:
        raise FepError(f"{quote(name)} is not a number; write the new one, such as 12")
    return number


def line_edits(old: str, new: str) -> list[Edit]:
    """Return edits of whole lines that turn *old* into *new*."""
    before, after = re.split(r"(?<=\n)", old), re.split(r"(?<=\n)", new)
    if len(before) != len(after):
        return [Edit(Span(1, 1, *_line_start(before, len(before))), new)]
    pairs = enumerate(zip(before, after, strict=True))
    return [
        Edit(Span(*_line_start(before, i), *_line_start(before, i + 1)), line)
        for i, (previous, line) in pairs
        if previous != line
    ]


def _line_start(lines: list[str], index: int) -> tuple[int, int]:
    """Return the position where the line at *index* begins; after the last line, the end."""
    return (index + 1, 1) if index < len(lines) else (len(lines), len(lines[-1]) + 1)
