"""The workspaces of all open files, and the errors to show about them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from ..errors import FepError, RepositoryError
from ..repository import Repository
from .workspace import Workspace

RepositoryOpener = Callable[[Path], Repository]
"""Opens the repository of a directory; raises :class:`FepError` if there is none."""


class OpenFile(NamedTuple):
    """An open proposal: its workspace and its path in the repository."""

    workspace: Workspace
    path: str


class ErrorLog:
    """The errors that the user has seen, so that each is shown once until it is resolved."""

    def __init__(self) -> None:
        self._shown: frozenset[str] = frozenset()

    def unreported(self, errors: Iterable[str]) -> list[str]:
        """Return those of the present *errors* that were not shown before."""
        present = dict.fromkeys(errors)
        unreported = [error for error in present if error not in self._shown]
        self._shown = frozenset(present)
        return unreported


class Workspaces:
    """The workspaces of all open files."""

    def __init__(self, open_repository: RepositoryOpener) -> None:
        self._open_repository = open_repository
        self._workspaces: dict[Path, Workspace] = {}
        self._files: dict[Path, OpenFile] = {}
        self._errors = ErrorLog()

    def __iter__(self) -> Iterator[Workspace]:
        return iter(self._workspaces.values())

    def find(self, file: Path) -> OpenFile | None:
        """Return the open proposal in *file*; ``None`` if that is something else."""
        return self._files.get(file)

    def sync(self, files: Mapping[Path, str]) -> list[str]:
        """Find the repository of each open file, and return errors to show.

        A repository whose settings or process have changed is read again.

        :param files: the open files, with the URIs under which the editor opened them.
        """
        previous = self._workspaces
        self._workspaces, self._files = {}, {}
        errors: dict[str, None] = {}
        for file in files:
            try:
                self._add(file, previous)
            except (RepositoryError, OSError):
                # Not in a repository of proposals, as most files are not, or a new file with a
                # name that is too long for one.
                continue
            except FepError as problem:
                errors[str(problem)] = None
        for workspace in self:
            workspace.retain(
                {
                    path: files[file]
                    for file, (other, path) in self._files.items()
                    if other is workspace
                }
            )
            workspace.refresh_changed()
        for root, workspace in previous.items():
            if self._workspaces.get(root) is not workspace:
                workspace.close()
        return self._errors.unreported(errors)

    def _add(self, file: Path, previous: dict[Path, Workspace]) -> None:
        repository = self._repository_of(file)
        root = repository.root
        if root not in self._workspaces:
            workspace = previous.get(root)
            if workspace is None or not workspace.is_current(repository):
                workspace = Workspace(repository)
            self._workspaces[root] = workspace
        workspace = self._workspaces[root]
        path = workspace.path_of(file)
        if path is not None and workspace.is_proposal(path):
            self._files[file] = OpenFile(workspace, path)

    def _repository_of(self, file: Path) -> Repository:
        try:
            return self._open_repository(file.parent)
        except RepositoryError:
            # The editor may have reached the directory of proposals through a link.
            real = Path(os.path.realpath(file.parent))  # as in _files.path_below()
            if real == file.parent:
                raise
            return self._open_repository(real)

    def reopen(self, workspace: Workspace) -> Repository:
        """Return the repository of *workspace* as it is on disk now."""
        return self._open_repository(workspace.repository.root)

    def refresh(self, file: Path) -> None:
        """Read a file again that was changed or deleted on disk."""
        for workspace in self:
            path = workspace.path_of(file)
            if path is not None:
                workspace.refresh(path)

    def read_committed(self, saved: Path | None) -> None:
        """Read the committed version of a *saved* file, and of those that were just opened."""
        for file, (workspace, path) in self._files.items():
            if file == saved or not workspace.has_read_committed(path):
                workspace.read_committed(path)

    def close(self) -> None:
        """Stop all worker processes."""
        for workspace in self:
            workspace.close()
